import { describe, expect, it } from 'vitest'
import { objectives } from '../../src/objectives/objectives.ts'
import type { MeasureTally } from '../../src/results/measure-tally.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { answerQuestions } from '../../src/results/questions/answer-questions.ts'
import type { ScenarioResult } from '../../src/results/results-schema.ts'
import { scenarioResultSchema } from '../../src/results/results-schema.ts'
import { type CountedCondition, type MeasureTerms, summariseMeasure } from '../../src/results/summarise-measure.ts'
import { verdictOf } from '../../src/results/verdict.ts'
import { declarationOf, tasksOf } from '../objectives/_counts.ts'
import { propertyOf, scenarioOf, searchOf } from '../report/_sample.ts'

const strict = { today: '2026-03-01', vacuous: 'fail' } as const
const toolError = {
  id: 'tool.error',
  target: { kind: 'tool', name: '*' },
  trigger: { on: 'rate', rate: 0.5 },
  parameters: {},
} as const

function tallyOf(solved: number, of: number, changes: Partial<MeasureTally> = {}): MeasureTally {
  const strata = { refunds: tasksOf(solved, of) }
  return { ...emptyMeasureTally, trials: of, countedTrials: of, ends: { finished: of }, strata, ...changes }
}

function calm(solved: number, of: number): CountedCondition {
  return { name: 'without faults', faults: [], family: null, tally: tallyOf(solved, of), causes: [] }
}

function stormy(solved: number, of: number, changes: Partial<MeasureTally> = {}): CountedCondition {
  const tally = tallyOf(solved, of, { delivered: { 'tool.error': 900 }, ...changes })
  return { name: 'tool failures', faults: [toolError], family: 'tool failures', tally, causes: [] }
}

function measured(conditions: CountedCondition[], terms: Partial<MeasureTerms> = {}): ScenarioResult {
  const all = { declaredTrials: 2_000, objectives: [], declaration: null, strata: ['refunds'], ...terms }
  return scenarioResultSchema.parse(scenarioOf('desk', { measure: summariseMeasure(conditions, all) }))
}

const declares = (value: number) => ({ declaration: declarationOf({ values: [{ metric: 'task_success', value }] }) })

describe('the verdict on a measure', () => {
  it('passes where every value is upheld and every objective met, and counts them', () => {
    const terms = { ...declares(0.9), objectives: [objectives.taskSuccess(0.9), objectives.latency({ p99Ms: 2_000 })] }
    expect(verdictOf([measured([calm(1_000, 1_000), stormy(980, 1_000)], terms)], strict)).toMatchObject({
      exitCode: 0,
      summary: '4 properties hold in 1 scenario over 2,000 trials; 2 declared values upheld; 4 objectives met',
    })
  })

  it('fails for a refuted value and says with which numbers', () => {
    const verdict = verdictOf([measured([calm(1_000, 1_000), stormy(800, 1_000)], declares(0.9))], strict)
    expect(verdict).toMatchObject({ exitCode: 1, summary: '1 refuted declared value in 1 scenario' })
    expect(verdict.reasons).toEqual([
      'sev2: desk: task_success of at least 90 % is declared under tool failures: 800 of 1,000 tasks (80.00 %; 95 % interval 77.38 to 82.44 %), so it is refuted.',
    ])
  })

  it('fails for a missed objective', () => {
    const terms = { objectives: [objectives.taskSuccess(0.9, { under: 'tool failures' })] }
    expect(verdictOf([measured([calm(1_000, 1_000), stormy(800, 1_000)], terms)], strict)).toMatchObject({
      exitCode: 1,
      summary: '1 missed objective in 1 scenario',
    })
  })

  it('fails for a value that nothing measures', () => {
    const declaration = declarationOf({ values: [{ metric: 'task_success', value: 0.5, faultClass: 'latency' }] })
    const verdict = verdictOf([measured([calm(1_000, 1_000)], { declaration })], strict)
    expect(verdict).toMatchObject({ exitCode: 1, summary: '1 declared value that nothing measures in 1 scenario' })
  })

  it.each([
    ['an undecided value', measured([calm(18, 20)], declares(0.9)), '1 undecided declared value in 1 scenario'],
    [
      'too few trials for a claim',
      measured([calm(20, 20)], { declaration: declarationOf({ minimumTrials: 21 }) }),
      '1 undecided declared value in 1 scenario',
    ],
    [
      'an undecided objective',
      measured([calm(18, 20)], { objectives: [objectives.taskSuccess(0.9)] }),
      '1 undecided objective in 1 scenario',
    ],
    [
      'a condition whose faults never struck',
      measured([calm(20, 20), stormy(20, 20, { delivered: {} })]),
      '1 condition whose faults never struck in 1 scenario',
    ],
  ])('is inconclusive for %s', (_what, scenario, summary) => {
    expect(verdictOf([scenario], strict)).toMatchObject({ exitCode: 3, summary })
  })

  it.each([
    ['2025-12-31', 'not yet valid', /accuracy declaration 1\.2\.0 of "support" is not valid before 2026-01-01/],
    ['2027-01-01', 'expired', /accuracy declaration 1\.2\.0 of "support" expired after 2026-12-31: measure again/],
  ] as const)('is inconclusive on %s, when the declaration is %s, and says so', (today, validity, sentence) => {
    const verdict = verdictOf([measured([calm(1_000, 1_000)], declares(0.9))], { ...strict, today })
    expect(verdict).toMatchObject({ exitCode: 3, summary: '1 declaration out of its dates in 1 scenario' })
    expect(verdict.reasons[0]).toMatch(sentence)
    expect(verdict.scenarios[0]?.declaration).toBe(validity)
  })

  it('is of a valid declaration on its days', () => {
    const verdict = verdictOf([measured([calm(1_000, 1_000)], declares(0.9))], strict)
    expect(verdict.scenarios[0]?.declaration).toBe('valid')
  })
})

describe('the four questions', () => {
  const answers = (scenario: ScenarioResult) => answerQuestions(scenario).map(({ verdict }) => verdict)

  it('are answered with numbers', () => {
    const attacks = { injected: 310, trials: { caught: 200, missed: 0, unjudged: 4 } }
    const tally = { attacks, ends: { finished: 998, stalled: 2 } }
    const terms = { objectives: [objectives.taskSuccess(0.95)] }
    const scenario = measured([calm(1_000, 1_000), stormy(900, 1_000, tally)], terms)
    const breaker = { ...propertyOf('B2'), name: 'breaker.opens', triggers: 40 }
    const [trips, degrades, budgets, governs] = answerQuestions({
      ...scenario,
      search: searchOf({ properties: [breaker] }),
    })
    expect(trips?.text).toBe('Yes, in 2,000 searched trials: 1 breaker property held, put to the test 40 times.')
    expect(degrades?.verdict).toBe('no')
    expect(degrades?.text).toContain('Not always: under tool failures, of 1,000 trials, 2 stalled.')
    expect(degrades?.text).toContain(
      'Under tool failures it solves 900 of 1,000 tasks (90.00 %; 95 % interval 87.97 to 91.79 %)',
    )
    expect(budgets?.text).toContain(
      'Under tool failures, 900 solved, 100 failed and 0 excluded are all 1,000 tasks; an objective of 95 % allows 50 failures, and 200.00 % of that budget is spent, so it is overspent',
    )
    expect(governs?.text).toBe(
      'Yes: 310 violations injected under tool failures, and none got through in 200 of 200 attacked trials (100.00 %; 95 % interval 98.17 to 100.00 %); 4 more trials could not be judged.',
    )
  })

  it('are not answered by what was not exercised', () => {
    expect(answers(scenarioOf('plain'))).toEqual(['not applicable', 'unknown', 'unknown', 'unknown'])
    expect(answers(measured([calm(10, 10)]))).toEqual(['not applicable', 'yes', 'yes', 'unknown'])
    const vacuous = searchOf({ properties: [{ ...propertyOf('B2', 'vacuous'), name: 'breaker.opens' }] })
    expect(answers(scenarioOf('plain', { search: vacuous }))[0]).toBe('unknown')
    expect(answers(scenarioOf('plain', { search: null }))[0]).toBe('unknown')
  })

  it('are answered no where something got through, a breaker failed or counts do not add up', () => {
    const missed = stormy(9, 10, { attacks: { injected: 9, trials: { caught: 8, missed: 1, unjudged: 0 } } })
    expect(answers(measured([calm(10, 10), missed]))[3]).toBe('no')
    const violated = searchOf({ properties: [{ ...propertyOf('B2', 'violated', 40, 3), name: 'breaker.opens' }] })
    expect(answers(scenarioOf('plain', { search: violated }))[0]).toBe('no')
    const { measure, ...rest } = measured([calm(10, 10)])
    const [first, ...others] = measure?.conditions ?? []
    if (measure === null || first === undefined) throw new Error('not measured')
    const miscounted = { ...first, measures: { ...first.measures, tasks: 11 } }
    expect(answers({ ...rest, measure: { ...measure, conditions: [miscounted, ...others] } })[2]).toBe('no')
  })

  it('are answered no where a budget has lost a task', () => {
    const { measure, ...rest } = measured([calm(10, 10)], { objectives: [objectives.taskSuccess(0.95)] })
    if (measure === null) throw new Error('not measured')
    expect(answers({ ...rest, measure })[2]).toBe('yes')
    const budgets = measure.budgets.map((budget) => ({ ...budget, good: budget.good - 1 }))
    expect(answers({ ...rest, measure: { ...measure, budgets } })[2]).toBe('no')
  })
})
