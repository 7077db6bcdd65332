import { describe, expect, it } from 'vitest'
import { errorBudget } from '../../src/objectives/budgets/error-budget.ts'
import type { Objective } from '../../src/objectives/objective-schema.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { type BudgetTerms, usualBudgetTerms } from '../../src/results/budgets/budget-terms.ts'
import { type MeasureTally, emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { type MeasureTerms, summariseMeasure } from '../../src/results/summarise-measure.ts'
import { tasksOf } from '../objectives/_counts.ts'

function budgetsOf(objective: Objective, tally: Partial<MeasureTally>, terms: Partial<MeasureTerms> = {}) {
  const condition = { name: 'without faults', faults: [], family: null, causes: [] }
  const all = { declaredTrials: 1, objectives: [objective], declaration: null, strata: [], ...terms }
  return summariseMeasure([{ ...condition, tally: { ...emptyMeasureTally, ...tally } }], all).budgets
}

const counted = (solved: number, of: number, changes: Parameters<typeof tasksOf>[2] = {}) => ({
  countedTrials: of,
  strata: { refunds: tasksOf(solved, of, changes) },
})

describe('the error budgets of a measure', () => {
  it('count tasks against task success, and show what is excluded', () => {
    const excluded = { 'aborted by a fault': 3 }
    const [budget] = budgetsOf(objectives.taskSuccess(0.95), counted(940, 1_000, { excluded }))
    const { recommendation, ...numbers } = errorBudget({ target: 0.95, good: 940, bad: 60, excluded: 3 })
    expect(budget).toMatchObject({ ...numbers, excluded, condition: 'without faults' })
    expect(budget?.sentence).toBe(
      `60 of 1,000 were bad, and a target of 95 % allows 50: overspent by 10, −20.00 % of the budget is left; not counted: 3 aborted by a fault. ${recommendation}`,
    )
  })

  it('take the stakes of the measure', () => {
    const budgets: BudgetTerms = { ...usualBudgetTerms, stakes: 'high' }
    const [budget] = budgetsOf(objectives.taskSuccess(0.95), counted(940, 1_000), { budgets })
    expect(budget?.action).toBe('break the circuit')
  })

  it('read a rate that may be at most so high as the share that must be good', () => {
    const [budget] = budgetsOf(objectives.timeoutRate({ atMost: 0.02 }), counted(1_000, 1_000, { timedOut: 10 }))
    expect(budget).toMatchObject({ target: 0.98, good: 990, bad: 10, allowed: 20, remaining: 0.5 })
  })

  it('count a task that never ended against the latency', () => {
    const latency = { latencyMs: { 1_000: 900, 9_000: 95 }, unfinished: 5 }
    const [budget] = budgetsOf(objectives.latency({ p99Ms: 5_000 }), counted(1_000, 1_000, latency))
    expect(budget).toMatchObject({ target: 0.99, good: 900, bad: 100, allowed: 10, remaining: -9 })
  })

  it('count attacked trials against the detection of violations', () => {
    const attacks = { injected: 110, trials: { caught: 98, missed: 2, unjudged: 5 } }
    const [budget] = budgetsOf(objectives.violationDetection(0.98), { ...counted(1, 1), attacks })
    expect(budget).toMatchObject({ good: 98, bad: 2, remaining: 0, excluded: { 'violation never put to the test': 5 } })
  })

  it('are none for a mean, and unknown without tasks', () => {
    expect(budgetsOf(objectives.toolCallsPerTask({ atMost: 3 }), counted(1, 1))).toEqual([])
    expect(budgetsOf(objectives.taskSuccess(0.9), {})).toMatchObject([{ status: 'unknown', action: 'measure' }])
  })
})
