import { describe, expect, it } from 'vitest'
import { overviewView } from '../../../src/report/html/overview-view.ts'
import { findingViews } from '../../../src/report/html/finding-view.ts'
import { subjectFacts } from '../../../src/report/html/subject-view.ts'
import { scenarioVerdicts } from '../../../src/report/scenario-verdicts.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { everyMeasure } from '../_measures.ts'
import { badDay, environment, goodDay, measuredDay, resultsOf, scenarioOf } from '../_sample.ts'

function overviewOf(results: Results): ReturnType<typeof overviewView> {
  const judged = scenarioVerdicts(results)
  return overviewView(judged, judged.flatMap(findingViews))
}

describe('what was tested', () => {
  it('names the agent of the declarations, the commit, the seed and how much was run', () => {
    const facts = subjectFacts(measuredDay, { ...environment, commit: `${'0123456789'.repeat(4)}-dirty` })
    expect(facts.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'Agent: support agent',
      'Commit: 012345678901-dirty',
      'Scenarios: 2',
      'Seed: 20260301',
      'Trials: 14,000',
      'Calls: 67,964',
      'Faults delivered: to 6,248 calls',
      'Virtual time: 4 days',
    ])
  })

  it('leaves out what is not known', () => {
    const labels = subjectFacts(goodDay, null).map(({ label }) => label)
    expect(labels).toEqual(['Scenarios', 'Seed', 'Trials', 'Calls', 'Faults delivered', 'Virtual time'])
  })
})

describe('the objectives as cards', () => {
  const { objectives } = overviewOf(measuredDay)

  it('puts the missed one first, with target, observed share, interval, counts and what is left of its budget', () => {
    expect(objectives.count).toBe('1 missed, 1 inconclusive, 4 met')
    expect(objectives.cards[0]).toEqual({
      ...{ tone: 'bad', sign: '✕', word: 'missed', title: 'task success at least 95 %' },
      ...{ condition: 'under tool failures', scenario: 'agent that is measured', anchor: 'scenario-1-measure' },
      ...{ observed: '90.20 %', interval: '88.81 to 91.47 %', counted: '1,804 of 2,000' },
      budget: { words: '−92.38 % left, exhausted', tone: 'bad', width: 0 },
    })
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

  it('shows more of them where more than a row are not met, and puts the least budget first among the met', () => {
    const budget = everyMeasure.budgets[0]
    if (budget === undefined) throw new Error('the sample has lost its budget')
    const [missed, , , met] = everyMeasure.objectives
    if (missed === undefined || met === undefined) throw new Error('the sample has lost its objectives')
    const measure = {
      ...everyMeasure,
      objectives: [
        ...Array.from({ length: 3 }, () => met),
        { ...met, condition: 'policy attacks' },
        ...Array(5).fill(missed),
      ],
      budgets: [
        {
          ...budget,
          objective: met.objective,
          condition: 'policy attacks',
          remaining: 0.41,
          status: 'healthy' as const,
        },
      ],
    }
    const { cards, more } = overviewOf(resultsOf([scenarioOf('measured', { measure })])).objectives
    expect(cards.map(({ word }) => word)).toEqual([...Array(5).fill('missed'), 'met', 'met', 'met'])
    expect(cards[5]?.budget).toEqual({ words: '41.00 % left', tone: 'good', width: 41 })
    expect(more).toBe('1 more objective in the sections of the scenarios.')
  })
})

describe('the objectives that are met', () => {
  it('are each told under the worst condition before any is told twice', () => {
    const [, , calls, timeouts] = everyMeasure.objectives
    if (calls === undefined || timeouts === undefined) throw new Error('the sample has lost its objectives')
    const under = (condition: string) => ({ ...timeouts, condition })
    const measure = { ...everyMeasure, objectives: [under('policy attacks'), under('tool failures'), calls] }
    const { cards } = overviewOf(resultsOf([scenarioOf('measured', { measure })])).objectives
    expect(cards.map(({ title, condition }) => [title, condition])).toEqual([
      ['timeout rate at most 2 %', 'under policy attacks'],
      ['tool calls per task at most 10 on average', 'under tool failures'],
      ['timeout rate at most 2 %', 'under tool failures'],
    ])
  })
})

describe('the lists beside the cards', () => {
  it('lead to the findings, the gating ones as violated and the accepted ones as accepted', () => {
    expect(overviewOf(badDay).findings.rows.map(({ word, name, anchor }) => [word, name, anchor])).toEqual([
      ['violated', 'R4 retry.after', 'finding-1-1'],
      ['violated', 'L11 effects.at-most-once', 'finding-1-2'],
      ['violated, accepted', 'R4 retry.after', 'finding-3-1'],
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
  })
})
