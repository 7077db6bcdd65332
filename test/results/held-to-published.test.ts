import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderJunit } from '../../src/report/junit/render-junit.ts'
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts'
import { declarationsNotJudged, heldToPublished } from '../../src/results/held-to-published.ts'
import { isDecided } from '../../src/results/is-decided.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { readResults } from '../../src/results/read-results.ts'
import type { ScenarioResult } from '../../src/results/results-schema.ts'
import { scenarioResultSchema } from '../../src/results/results-schema.ts'
import { summariseMeasure } from '../../src/results/summarise-measure.ts'
import { verdictOf } from '../../src/results/verdict.ts'
import type { AccuracyDeclaration } from '../../src/objectives/accuracy-declaration.ts'
import { tasksOf } from '../objectives/_counts.ts'
import { evidencedOf, evidencedValue, publishedOf } from '../objectives/_evidence.ts'
import { resultsOf, scenarioOf } from '../report/_sample.ts'

const strict = { today: '2026-03-01', vacuous: 'fail' } as const
const { declaration } = publishedOf()

/** A scenario "desk" that solves so many of 1,000 tasks without faults. */
function measured(solved: number, own: AccuracyDeclaration | null = null): ScenarioResult {
  const strata = { refunds: tasksOf(solved, 1_000) }
  const tally = { ...emptyMeasureTally, trials: 1_000, countedTrials: 1_000, ends: { finished: 1_000 }, strata }
  const terms = { declaredTrials: 1_000, objectives: [], declaration: own, strata: ['refunds'] }
  const measure = summariseMeasure([{ name: 'without faults', faults: [], family: null, tally, causes: [] }], terms)
  return scenarioResultSchema.parse(scenarioOf('desk', { measure }))
}

const judged = (solved: number) => heldToPublished(measured(solved), [declaration])

describe('published declarations in force', () => {
  it.each([
    [990, 'upheld', 0, /1 declared value upheld/],
    [960, 'refuted', 1, /1 refuted declared value in 1 scenario/],
    [985, 'inconclusive', 3, /1 undecided declared value in 1 scenario/],
  ] as const)('gate a run that solves %i of 1,000 tasks: %s, exit %i', (solved, verdict, exitCode, summary) => {
    const scenario = judged(solved)
    expect(scenario.inForce).toMatchObject([{ declaration, checks: [{ verdict, condition: 'without faults' }] }])
    expect(verdictOf([scenario], strict)).toMatchObject({ exitCode, summary: expect.stringMatching(summary) })
  })

  it('are checked beside the declaration that the scenario has itself', () => {
    const own = evidencedOf({ agent: 'another', values: [evidencedValue(0.95, 990, 1_000)] })
    const scenario = heldToPublished(measured(990, own), [declaration])
    expect(verdictOf([scenario], strict)).toMatchObject({
      exitCode: 0,
      summary: expect.stringContaining('2 declared values upheld'),
      scenarios: [{ declaration: 'valid', inForce: ['valid'] }],
    })
  })

  it('are checked once where the scenario imports the very file', () => {
    expect(heldToPublished(measured(990, declaration), [declaration]).inForce).toEqual([])
  })

  it('fail a scenario that has lost its measure: the gate does not open by that', () => {
    const verdict = verdictOf([heldToPublished(scenarioOf('desk'), [declaration])], strict)
    expect(verdict).toMatchObject({ exitCode: 1, summary: '1 declared value that nothing measures in 1 scenario' })
    expect(verdict.reasons[0]).toContain(
      'task_success of at least 98 % is declared, and nothing in this run measures it',
    )
  })

  it('say nothing more of an agent that fails without any fault', () => {
    const broken = scenarioOf('desk', { search: null, faultFree: { tasks: 1, failures: ['it failed'] } })
    expect(heldToPublished(broken, [declaration])).toEqual(broken)
  })

  it('are inconclusive once they have expired', () => {
    const verdict = verdictOf([judged(990)], { ...strict, today: '2027-01-01' })
    expect(verdict).toMatchObject({ exitCode: 3, scenarios: [{ inForce: ['expired'] }], warnings: [] })
    expect(verdict.reasons[0]).toMatch(
      /^desk: accuracy declaration 1\.0\.0 of "support desk" expired after 2026-12-31: measure again/,
    )
  })

  it.each([
    ['2026-12-16', undefined, []],
    ['2026-12-17', undefined, ['14 days from today']],
    ['2026-12-30', undefined, ['1 day from today']],
    ['2026-12-31', undefined, ['today is its last day']],
    ['2026-12-28', 2, []],
    ['2026-12-29', 2, ['2 days from today']],
  ] as const)('on %s, with a notice of %s days, warn %j', (today, expiryWarningDays, expected) => {
    const options = { ...strict, today, ...(expiryWarningDays !== undefined && { expiryWarningDays }) }
    expect(verdictOf([judged(990)], options).warnings).toEqual(
      expected.map(
        (when) =>
          `desk: accuracy declaration 1.0.0 of "support desk" expires after 2026-12-31, ${when}: measure again and declare a new version.`,
      ),
    )
  })

  it('keep a measure that runs until everything is decided from ending before they are', () => {
    const { conditions } = measured(990).measure ?? { conditions: [] }
    const terms = { declaredTrials: 1_000, objectives: [], declaration: null, strata: [] }
    const inForceAt = (value: number) => [evidencedOf({ values: [evidencedValue(value, 5_000, 5_000)] })]
    const decided = (value: number) =>
      isDecided(
        conditions.map((one) => ({ ...one, causes: [] })),
        { ...terms, inForce: inForceAt(value) },
      )
    expect([decided(0.98), decided(0.99), decided(0.999)]).toEqual([true, false, true])
  })

  it('of a scenario that was not run are not judged, and every report says so', () => {
    const other = scenarioOf('other')
    expect(heldToPublished(other, [declaration])).toEqual(other)
    const notJudged = declarationsNotJudged([other], [declaration])
    expect(notJudged).toEqual([{ agent: 'support desk', version: '1.0.0', scenario: 'desk' }])
    expect(declarationsNotJudged([other, judged(990)], [declaration])).toEqual([])
    const sentence =
      'not judged: accuracy declaration 1.0.0 of "support desk", because its scenario "desk" was not run.'
    const results = { ...resultsOf([other]), notJudged }
    expect(renderTerminal(results, { colour: false, columns: 200 })).toContain(sentence)
    expect(renderMarkdown(results, null)).toContain('not judged: accuracy declaration 1.0.0')
    expect(renderHtml(results, null)).toContain('not judged: accuracy declaration 1.0.0')
  })

  it('are told in every report, with their evidence and what is wrong', () => {
    const results = readResults(JSON.stringify(resultsOf([judged(960)])), 'the sample')
    const text = renderHtml(results, null)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
    expect(text).toContain('Accuracy declaration 1.0.0 of support desk ✓ valid on the day of the run')
    expect(text).toContain(
      '&quot;desk&quot;, 1,000 trials under each condition, seed 1, commit unknown, Shakedown 0.1.0',
    )
    expect(text).toContain('✕ refuted')
    for (const report of [
      renderTerminal(results, { colour: false, columns: 400 }),
      renderMarkdown(results, null),
      renderJunit(results),
    ]) {
      expect(report).toContain('refuted')
      expect(report).toContain('98 %')
    }
  })
})
