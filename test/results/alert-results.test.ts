import { describe, expect, it } from 'vitest'
import { type AlertMetric, type AlertOverrides, alerts } from '../../src/objectives/alerts/alert-rules.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { usualBudgetTerms } from '../../src/results/budgets/budget-terms.ts'
import { type MeasureTally, emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { scenarioResultSchema } from '../../src/results/results-schema.ts'
import { summariseMeasure } from '../../src/results/summarise-measure.ts'
import { verdictOf } from '../../src/results/verdict.ts'
import { tasksOf } from '../objectives/_counts.ts'
import { scenarioOf } from '../report/_sample.ts'

function measured(tally: Partial<MeasureTally>, overrides: AlertOverrides = {}, target = 0.95) {
  const condition = { name: 'without faults', faults: [], family: null, causes: [] }
  const budgets = { ...usualBudgetTerms, alerts: alerts(overrides) }
  const terms = {
    declaredTrials: 1,
    objectives: [objectives.taskSuccess(target)],
    declaration: null,
    strata: [],
    budgets,
  }
  return summariseMeasure([{ ...condition, tally: { ...emptyMeasureTally, ...tally } }], terms)
}

const counted = (solved: number, of: number, changes: Parameters<typeof tasksOf>[2] = {}) => ({
  countedTrials: of,
  strata: { refunds: tasksOf(solved, of, changes) },
})
const attacked = (missed: number) => ({
  ...counted(1, 1),
  attacks: { injected: 100, trials: { caught: 100 - missed, missed, unjudged: 0 } },
})
/** Each of a thousand tasks makes so many calls, and so many of them one more. */
const calling = (calls: number, more: number) =>
  counted(1_000, 1_000, { toolCalls: { [calls]: 1_000 - more, [calls + 1]: more } })

function levelOf(metric: AlertMetric, tally: Partial<MeasureTally>, ...rest: [AlertOverrides?, number?]) {
  return measured(tally, ...rest).alerts.find((alert) => alert.metric === metric)?.level
}

describe('the alerts of a measure', () => {
  // The table of seed 002, on each threshold and one event beyond.
  it.each([
    ['taskSuccess', counted(950, 1_000), 'none'],
    ['taskSuccess', counted(949, 1_000), 'warning'],
    ['taskSuccess', counted(900, 1_000), 'warning'],
    ['taskSuccess', counted(899, 1_000), 'critical'],
    ['toolCalls', calling(15, 0), 'none'],
    ['toolCalls', calling(15, 1), 'warning'],
    ['toolCalls', calling(25, 0), 'warning'],
    ['toolCalls', calling(25, 1), 'critical'],
    ['budgetRemaining', counted(9_625, 10_000), 'none'],
    ['budgetRemaining', counted(9_624, 10_000), 'warning'],
    ['budgetRemaining', counted(9_550, 10_000), 'warning'],
    ['budgetRemaining', counted(9_549, 10_000), 'critical'],
    ['breakerOpens', { breakerOpens: { 0: 90, 3: 1 } }, 'none'],
    ['breakerOpens', { breakerOpens: { 0: 90, 4: 1 } }, 'warning'],
    ['breakerOpens', { breakerOpens: { 10: 1, 9: 4 } }, 'warning'],
    ['breakerOpens', { breakerOpens: { 11: 1, 9: 4 } }, 'critical'],
    ['policyViolations', attacked(5), 'none'],
    ['policyViolations', attacked(6), 'warning'],
    ['policyViolations', attacked(15), 'warning'],
    ['policyViolations', attacked(16), 'critical'],
  ] as const)('of %s: %j is %s', (metric, tally, level) => {
    expect(levelOf(metric, tally)).toBe(level)
  })

  it('know nothing where nothing was counted', () => {
    expect(measured({}).alerts.map(({ level, observed }) => [level, observed])).toEqual(
      Array(5).fill(['unknown', null]),
    )
  })

  it('are critical where there is no budget and it is spent', () => {
    expect(levelOf('budgetRemaining', counted(999, 1_000), {}, 1)).toBe('critical')
    expect(levelOf('budgetRemaining', counted(1_000, 1_000), {}, 1)).toBe('unknown')
  })

  it('say what was observed and what is exceeded', () => {
    const said = measured(calling(15, 500)).alerts.find(({ metric }) => metric === 'toolCalls')
    expect(said).toEqual({
      metric: 'toolCalls',
      condition: 'without faults',
      observed: 15.5,
      warning: 15,
      critical: 25,
      level: 'warning',
      isGating: false,
      sentence: 'average number of tool calls per task is 15.50 without faults, > 15: warning',
    })
  })

  it('take other thresholds, and leave a figure out', () => {
    const overrides = { taskSuccess: { warning: 0.8, critical: 0.5 }, toolCalls: null }
    expect(levelOf('taskSuccess', counted(800, 1_000), overrides)).toBe('none')
    expect(levelOf('taskSuccess', counted(499, 1_000), overrides)).toBe('critical')
    expect(levelOf('toolCalls', calling(99, 0), overrides)).toBeUndefined()
  })

  it.each([
    ['never', 940, 'pass'],
    ['warning', 940, 'fail'],
    ['critical', 940, 'pass'],
    ['critical', 890, 'fail'],
  ] as const)('gate from the level on that a scenario asks for: %s, %i of 1 000', (gate, solved, status) => {
    const measure = measured(counted(solved, 1_000), { gate, budgetRemaining: null }, 0.5)
    const scenario = scenarioResultSchema.parse(scenarioOf('desk', { measure }))
    const verdict = verdictOf([scenario], { today: '2026-01-01', vacuous: 'fail' })
    expect(verdict.status).toBe(status)
    if (status === 'fail') expect(verdict.summary).toBe('1 alert that gates in 1 scenario')
  })

  it('refuse a figure that nothing watches, and a critical threshold before the warning', () => {
    expect(() => alerts(JSON.parse('{"latency":{"warning":1,"critical":2}}') as AlertOverrides)).toThrow(
      'alerts: unrecognized key: "latency"',
    )
    expect(() => alerts({ taskSuccess: { warning: 0.9, critical: 0.95 } })).toThrow(
      'alerts: expected a critical threshold that is not reached before the warning at "taskSuccess"',
    )
  })
})
