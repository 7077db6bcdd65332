import { describe, expect, it } from 'vitest'
import { declarationBadge } from '../../../src/report/badge/declaration-badge.ts'
import { verdictBadge } from '../../../src/report/badge/verdict-badge.ts'
import type { DeclarationCheck } from '../../../src/results/measure-schema.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { days } from '../_days.ts'
import { everyMeasure, keptMeasure } from '../_measures.ts'
import { type Parsed, parseXml } from '../_parse-xml.ts'
import { badDay, everyState, goodDay, measuredDay, resultsOf, scenarioOf } from '../_sample.ts'

const titleOf = (svg: string): string | undefined => parseXml(svg).children.find(({ name }) => name === 'title')?.text

function elements(root: Parsed): Parsed[] {
  return [root, ...root.children.flatMap(elements)]
}

/** A run whose declaration has these verdicts. */
function declaring(...verdicts: readonly DeclarationCheck['verdict'][]): Results {
  const { declaration } = keptMeasure
  const [check] = declaration?.checks ?? []
  if (declaration === null || check === undefined) throw new Error('the sample declares nothing')
  const checks = verdicts.map((verdict) => ({ ...check, value: 0.9, verdict }))
  return resultsOf([scenarioOf('declares', { measure: { ...keptMeasure, declaration: { ...declaration, checks } } })])
}

describe('badges', () => {
  it.each(Object.entries(days))('of %s are pictures with a title, and load nothing', (_name, results) => {
    for (const svg of [verdictBadge(results), declarationBadge(results)]) {
      const root = parseXml(svg)
      expect(root.attributes).toMatchObject({ role: 'img', 'aria-label': titleOf(svg) })
      expect(elements(root).flatMap(({ attributes }) => Object.keys(attributes))).not.toContain('href')
      expect(elements(root).flatMap(({ attributes }) => Object.keys(attributes))).not.toContain('id')
      expect(new Set(elements(root).map(({ name }) => name))).toEqual(new Set(['svg', 'title', 'rect', 'g', 'text']))
    }
  })

  it('keep their words inside their fields, whatever the font', () => {
    const root = parseXml(verdictBadge(everyState))
    const [label, message] = elements(root).filter(({ name }) => name === 'text')
    const end = (text: Parsed | undefined) => Number(text?.attributes.x) + Number(text?.attributes.textLength)
    expect(end(label)).toBeLessThan(Number(message?.attributes.x))
    expect(end(message)).toBeLessThan(Number(root.attributes.width))
    // Letters of Verdana at 11 px are 3 to 12 px wide.
    for (const text of [label, message]) {
      const perLetter = Number(text?.attributes.textLength) / (text?.text.length ?? 0)
      expect(perLetter).toBeGreaterThan(4)
      expect(perLetter).toBeLessThan(10)
    }
  })

  it('say the verdict', () => {
    expect([badDay, goodDay, resultsOf([]), everyState].map(verdictBadge).map(titleOf)).toEqual([
      'shakedown: fail',
      'shakedown: pass',
      'shakedown: inconclusive',
      'shakedown: harness failure',
    ])
  })

  it.each([
    [['upheld'], '90 % upheld', '#1a7f37'],
    [['refuted'], '90 % refuted', '#b42318'],
    [['upheld', 'upheld'], '2 values upheld', '#1a7f37'],
    [['upheld', 'refuted', 'inconclusive'], '1 of 3 refuted', '#b42318'],
    [['upheld', 'no claim'], '1 of 2 no claim', '#8a5a00'],
  ] as const)('say of a declaration that is %j: %s', (verdicts, words, colour) => {
    const svg = declarationBadge(declaring(...verdicts))
    expect(titleOf(svg)).toBe(`declared accuracy: ${words}`)
    expect(svg).toContain(`fill="${colour}"`)
  })

  it('uphold nothing by a declaration that is out of its dates, and say where there is none', () => {
    const results = declaring('upheld')
    const late: Results = {
      ...results,
      verdict: {
        ...results.verdict,
        scenarios: results.verdict.scenarios.map((each) => ({ ...each, declaration: 'expired' as const })),
      },
    }
    expect(titleOf(declarationBadge(late))).toBe('declared accuracy: expired')
    expect(titleOf(declarationBadge(goodDay))).toBe('declared accuracy: none')
    expect(everyMeasure.declaration).not.toBeNull()
    expect(titleOf(declarationBadge(measuredDay))).toMatch(/^declared accuracy: \d of \d refuted$/)
  })
})
