import { describe, expect, it } from 'vitest'
import type { OverviewView } from '../../../src/report/html/overview-view.ts'
import { pageView } from '../../../src/report/html/page-view.ts'
import { subjectFacts } from '../../../src/report/html/subject-view.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { everyMeasure } from '../_measures.ts'
import { badDay, environment, goodDay, measuredDay, resultsOf, scenarioOf } from '../_sample.ts'

function overviewOf(results: Results): OverviewView {
  return pageView(results, null).overview
}

describe('what was tested', () => {
  it('names the commit, the seed and how much was run', () => {
    const facts = subjectFacts(measuredDay, { ...environment, commit: `${'0123456789'.repeat(4)}-dirty` })
    expect(facts.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'Commit: 012345678901 with uncommitted changes',
      'Seed: 20260301',
      'Trials: 14,000',
      'Faults delivered: to 6,248 of 67,964 calls',
      'Virtual time: 4 days, simulated',
    ])
  })

  it('leaves out what is not known', () => {
    const labels = subjectFacts(goodDay, null).map(({ label }) => label)
    expect(labels).toEqual(['Seed', 'Trials', 'Faults delivered', 'Virtual time'])
  })
})

describe('the objectives as cards', () => {
  const { objectives } = overviewOf(measuredDay)

  it('puts the missed one first, with target, observed share, interval, counts and what is left of its budget', () => {
    expect(objectives.count).toBe('6 objectives by the worst condition: 1 missed, 1 inconclusive, 4 met')
    expect(objectives.cards[0]).toMatchObject({
      ...{ tone: 'bad', sign: '✕', word: 'missed', title: 'task success at least 95 %' },
      ...{ where: 'under tool failures', scenario: 'agent that is measured', anchor: 'scenario-1-objective-1' },
      ...{ observed: '90.20 %', interval: '88.81 to 91.47 %', counted: '1,804 of 2,000' },
      budget: { words: '−92.38 % left, exhausted', tone: 'bad', width: 0 },
    })
  })

  it('says of which tasks its interval speaks, and where the page tells of others', () => {
    expect(objectives.cards[0]?.intervalName).toBe('95 %, these tasks')
    expect(objectives.intervals).toBe('scenario-1-measure')
  })

  it('counts the verdicts under all conditions too, as other renderings do', () => {
    const [met] = everyMeasure.objectives.filter(({ verdict }) => verdict === 'met')
    if (met === undefined) throw new Error('the sample has lost its objectives')
    const measure = { ...everyMeasure, objectives: [met, { ...met, condition: 'tool failures' }] }
    const { count, verdicts } = overviewOf(resultsOf([scenarioOf('measured', { measure })])).objectives
    expect(count).toBe('1 objective by the worst condition: 1 met')
    expect(verdicts).toBe('Each is judged under each of its conditions: 2 met.')
  })

  it('tells means and percentiles in their own words', () => {
    expect(objectives.cards.map(({ observed, interval, counted }) => [observed, interval, counted])).toEqual([
      ['90.20 %', '88.81 to 91.47 %', '1,804 of 2,000'],
      ['99th percentile 31 s', '', '2,000 tasks'],
      ['2.41 on average', '2.38 to 2.45', '2,000 tasks'],
      ['0.60 %', '0.31 to 1.05 %', '12 of 2,000'],
    ])
    expect(objectives.more).toBe('2 more objectives in the sections of the scenarios.')
  })

  it('shows more of them where more than a row are not met', () => {
    const [missed, , , met] = everyMeasure.objectives
    if (missed === undefined || met === undefined) throw new Error('the sample has lost its objectives')
    const levels = [0.95, 0.96, 0.97, 0.98, 0.99]
    const measure = {
      ...everyMeasure,
      objectives: [
        ...[met, { ...met, objective: { ...met.objective, under: 'tool failures' } }],
        ...levels.map((atLeast) => ({
          ...missed,
          objective: { measure: 'task success' as const, atLeast, under: null },
        })),
        ...levels.slice(0, 2).map((atMost) => ({
          ...met,
          objective: { measure: 'timeout rate' as const, atMost, under: null },
        })),
      ],
    }
    const { cards, more } = overviewOf(resultsOf([scenarioOf('measured', { measure })])).objectives
    expect(cards.map(({ word }) => word)).toEqual([...Array(5).fill('missed'), 'met', 'met', 'met'])
    expect(new Set(cards.map(({ title }) => title)).size).toBe(cards.length)
    expect(cards.map(({ title }) => title)).toContain('timeout rate at most 2 %, under every condition')
    expect(more).toBe('1 more objective in the sections of the scenarios.')
  })
})

describe('the lists beside the cards', () => {
  it('lead to the findings, those that fail the run first, the gravest of them before the others', () => {
    const rows = overviewOf(badDay).findings.rows.map(({ incident, word, name, anchor }) => [
      ...[incident?.severity, word, name, anchor],
    ])
    expect(rows).toEqual([
      ['sev1', 'violated', 'L11 effects.at-most-once', 'finding-1-2'],
      ['sev3', 'violated', 'R4 retry.after', 'finding-1-1'],
      ['sev3', 'violated, accepted', 'R4 retry.after', 'finding-3-1'],
    ])
  })

  it('tell of each declaration which values are not upheld, the refuted ones first', () => {
    const [first, second] = overviewOf(measuredDay).declarations
    expect(first?.count).toBe('1 upheld, 1 refuted, 1 inconclusive, 1 no claim, 1 unmeasured')
    expect(first?.checks.map(({ word }) => word)).toEqual(['refuted', 'unmeasured', 'inconclusive'])
    expect(first?.checks[0]?.title).toBe('task success declared 97 %, under tool failures')
    expect(second).toMatchObject({ tone: 'good', count: '1 upheld', checks: [], until: '2026-06-30' })
  })

  it('tell incidents of all scenarios, the gravest first, and lead to the finding that one comes from', () => {
    const { rows } = overviewOf(badDay).incidents
    expect(rows.map(({ word, title, anchor }) => [word, title, anchor])).toEqual([
      ['sev1', 'finding: L11', 'finding-1-2'],
      ['sev3', 'finding: R4', 'finding-1-1'],
      ['sev3', 'finding: R4, accepted', 'finding-3-1'],
    ])
    expect(rows.slice(0, 2).map(({ detail }) => detail)).toEqual([
      'calls the engineer on call and whoever answers for the safety of the agent, to respond within 5 min; support agent under provider trouble',
      'calls nobody: it waits for working hours, and then for 60 min at most; support agent under provider trouble',
    ])
  })
})
