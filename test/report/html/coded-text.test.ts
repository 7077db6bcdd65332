import { describe, expect, it } from 'vitest'
import { properties } from '../../../src/properties/properties.ts'
import { codedStatement } from '../../../src/report/html/coded-text.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { findingOf } from '../_findings.ts'
import { propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

const [presence] = properties.accuracy
if (presence === undefined) throw new Error('there are no properties of accuracy')
const { id, statement } = presence

describe('the statement of a property', () => {
  it('has code where it has a name between backticks', () => {
    expect(statement).toContain('`unknown`')
    const pieces = codedStatement(id, statement)
    expect(pieces.filter(({ isCode }) => isCode)).toEqual([{ text: 'unknown', isCode: true }])
    expect(pieces.map(({ text }) => text).join('')).toBe(statement.replaceAll('`', ''))
    const search = searchOf({ properties: [{ ...propertyOf(id, 'violated', 9, 3), statement }] })
    const found = scenarioOf('one', { search, findings: [findingOf({ property: id, trials: 3 })] })
    expect(renderHtml(resultsOf([found]), null)).toContain('or <code>unknown</code>.')
  })

  it('is left alone where it is not one of the project', () => {
    const own = `${statement} Or \`more\`.`
    expect(codedStatement(id, own)).toEqual([{ text: own, isCode: false }])
    expect(codedStatement('X1', 'Has `code`.')).toEqual([{ text: 'Has `code`.', isCode: false }])
    expect(codedStatement('X1', '')).toEqual([])
  })
})
