import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codedText } from '../../../src/report/html/coded-text.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { findingOf } from '../_findings.ts'
import { hostile, propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

describe('a text with code in it', () => {
  it('is taken apart at names between backticks', () => {
    expect(codedText('`unknown` or a share, never `null`.')).toEqual([
      { text: 'unknown', isCode: true },
      { text: ' or a share, never ', isCode: false },
      { text: 'null', isCode: true },
      { text: '.', isCode: false },
    ])
    for (const plain of ['a single ` stays', '``', '`two words`', '```\nfenced\n```'])
      expect(codedText(plain)).toEqual([{ text: plain, isCode: false }])
  })

  it('loses nothing but the backticks around names', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '`', '<') }), (text) => {
        const pieces = codedText(text)
        expect(pieces.map((piece) => (piece.isCode ? `\`${piece.text}\`` : piece.text)).join('')).toBe(text)
      }),
    )
  })

  it('is code on the page, and stays text whatever is in it', () => {
    const statement = `Each answer says a share or \`unknown\`, and ${hostile}.`
    const search = searchOf({ properties: [{ ...propertyOf('R4', 'violated', 9, 3), statement }] })
    const page = renderHtml(resultsOf([scenarioOf('one', { search, findings: [findingOf({ trials: 3 })] })]), null)
    expect(page).toContain('Each answer says a share or <code>unknown</code>, and &lt;/code&gt;&lt;script&gt;')
  })
})
