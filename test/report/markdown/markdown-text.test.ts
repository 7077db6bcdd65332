import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeBlock, htmlText, markdownText } from '../../../src/report/markdown/markdown-text.ts'
import { visibleLine } from '../../../src/report/visible-text.ts'
import { hostile } from '../_sample.ts'
import { markdownNodes } from './_parse-markdown.ts'

const marks = [
  ...'\\`*_{}[]()#+-.!|<>~&:@$=^"\'/ \t1a',
  '<!--',
  '<b>',
  '![x](y)',
  '```',
  'http://a.example',
  'www.a.example',
  'mailto:',
]
const anyMarkup = fc.array(fc.constantFrom(...marks), { maxLength: 24 }).map((parts) => parts.join(''))

describe('markdownText', () => {
  it.each([
    ['a list item', '- ', ['root', 'list', 'listItem', 'paragraph']],
    ['the middle of a line', 'x ', ['root', 'paragraph']],
  ])('stays plain text in %s, whatever it is', async (_place, before, around) => {
    await fc.assert(
      fc.asyncProperty(anyMarkup, async (text) => {
        const nodes = await markdownNodes(`${before}${markdownText(text)} y`)
        expect(nodes.map(({ type }) => type)).toEqual([...around, 'text'])
      }),
      { numRuns: 500 },
    )
  })

  it('stays in its cell', async () => {
    await fc.assert(
      fc.asyncProperty(anyMarkup, async (text) => {
        const nodes = await markdownNodes(`| a | b |\n| :-- | :-- |\n| x${markdownText(text)} | y |`)
        expect(nodes.filter(({ type }) => type === 'tableCell')).toHaveLength(4)
        expect(nodes.filter(({ type }) => !/^(root|table(Row|Cell)?|text)$/.test(type))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('calls nobody and refers to nothing', () => {
    expect(markdownText('@octocat closes #12, org/repo#3')).toBe('@&#8203;octocat closes #&#8203;12, org/repo#&#8203;3')
  })

  it('reads as what it was', async () => {
    const [, , text] = await markdownNodes(markdownText('a_b *c* [d](e) `f` <g> & 1 | 2'))
    expect(text?.value).toBe('a_b *c* [d](e) `f` <g> & 1 | 2')
  })

  it('shortens what is very long', () => {
    expect(markdownText('x'.repeat(5_000))).toBe(`${'x'.repeat(599)}…`)
  })
})

it('htmlText opens and closes no element', () => {
  expect(htmlText(hostile)).not.toMatch(/[<>]/)
})

describe('codeBlock', () => {
  it('ends where it should and keeps its text', async () => {
    await fc.assert(
      fc.asyncProperty(anyMarkup, async (text) => {
        const nodes = await markdownNodes(`before\n\n${codeBlock(`x\n${text}`, 'sh')}\n\nafter`)
        expect(nodes.map(({ type }) => type)).toEqual(['root', 'paragraph', 'text', 'code', 'paragraph', 'text'])
        expect(nodes[3]?.value).toBe(`x\n${visibleLine(text).replaceAll('⟨U+0009⟩', '\t')}`)
      }),
    )
  })
})
