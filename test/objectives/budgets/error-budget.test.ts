import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetLeft } from '../../../src/agent/operations/error-budget.ts'
import { addBudgetCounts, noEvents } from '../../../src/objectives/budgets/budget-counts.ts'
import { errorBudget } from '../../../src/objectives/budgets/error-budget.ts'

const counts = fc.record({ good: fc.nat(100_000), bad: fc.nat(100_000), excluded: fc.nat(1_000) })
/** A target as somebody writes it, in whole millionths. */
const millionths = fc.integer({ min: 0, max: 1_000_000 })

describe('errorBudget', () => {
  // Seed 002: 1 000 tasks at 95 % with 60 failures are overspent by 20 %; a research agent is throttled, one that moves
  // money is stopped.
  it.each([
    ['low', 'throttle'],
    ['medium', 'degrade'],
    ['high', 'break the circuit'],
  ] as const)('is overspent by a fifth with 60 bad of 1 000 where 50 may be; at %s stakes: %s', (stakes, action) => {
    expect(errorBudget({ target: 0.95, good: 940, bad: 60, stakes })).toMatchObject({
      events: 1_000,
      allowed: 50,
      eventsLeft: -10,
      spent: 1.2,
      remaining: -0.2,
      remainingPercent: -20,
      status: 'exhausted',
      action,
    })
  })

  it('recommends in a sentence', () => {
    expect(errorBudget({ target: 0.95, good: 940, bad: 60, stakes: 'low' }).recommendation).toBe(
      'Throttle the agent: its error budget is spent; hand it fewer tasks until the cause is found.',
    )
  })

  // Seed 001 reads max(0, …) and hides by how much a budget is overspent; its other numbers are right.
  it.each([
    [0.995, 9_900, 100, -1],
    [0.92, 900, 100, -0.25],
    [0.92, 960, 40, 0.5],
    [0.9999, 9_999, 1, 0],
    [0.9999, 9_998, 2, -1],
  ])('is not clamped: at %d, %i good and %i bad leave %d', (target, good, bad, remaining) => {
    expect(errorBudget({ target, good, bad }).remaining).toBe(remaining)
  })

  // The ancestor adds 1.0 for each bad event to a total of 0.05, so that one failure exhausts every budget.
  it('is not exhausted by one bad event of a thousand', () => {
    expect(errorBudget({ target: 0.95, good: 999, bad: 1 })).toMatchObject({ remaining: 0.98, status: 'healthy' })
  })

  it.each([
    [370, 0.26, 'healthy', 'keep running'],
    [375, 0.25, 'healthy', 'keep running'],
    [376, 0.248, 'at risk', 'watch'],
    [450, 0.1, 'at risk', 'watch'],
    [451, 0.098, 'critical', 'hold changes'],
    [499, 0.002, 'critical', 'hold changes'],
    [500, 0, 'exhausted', 'degrade'],
  ] as const)('with %i bad is at %d', (bad, remaining, status, action) => {
    expect(errorBudget({ target: 0.95, good: 10_000 - bad, bad })).toMatchObject({ remaining, status, action })
  })

  it('has no share to take of a target of 100 %: one bad event exhausts it', () => {
    expect(errorBudget({ target: 1, good: 1_000, bad: 0 })).toMatchObject({
      allowed: 0,
      eventsLeft: 0,
      remaining: null,
      spent: null,
      status: 'healthy',
    })
    expect(errorBudget({ target: 1, good: 999, bad: 1 })).toMatchObject({
      eventsLeft: -1,
      remaining: null,
      remainingPercent: null,
      status: 'exhausted',
    })
  })

  it('knows nothing without events, excluded ones included', () => {
    expect(errorBudget({ target: 0.95, good: 0, bad: 0, excluded: 7 })).toMatchObject({
      events: 0,
      excluded: 7,
      remaining: null,
      status: 'unknown',
      action: 'measure',
    })
  })

  it('takes a target for the decimal that was written', () => {
    // 1 − 0.9 is less than a tenth in binary: five bad of fifty would be overspent.
    expect(errorBudget({ target: 0.9, good: 45, bad: 5 })).toMatchObject({ allowed: 5, remaining: 0 })
    expect(errorBudget({ target: 1e-7, good: 0, bad: 10_000_000 })).toMatchObject({ eventsLeft: -1 })
    expect(errorBudget({ target: 0.999_999_999_999, good: 1e12 - 1, bad: 1 })).toMatchObject({ remaining: 0 })
  })

  it('agrees with counting in whole numbers to the last event', () => {
    fc.assert(
      fc.property(millionths, counts, (target, { good, bad, excluded }) => {
        const budget = errorBudget({ target: target / 1_000_000, good, bad, excluded })
        const allowed = BigInt(good + bad) * BigInt(1_000_000 - target)
        const left = allowed - BigInt(bad) * 1_000_000n
        expect(budget.good + budget.bad).toBe(budget.events)
        expect(Math.sign(budget.eventsLeft)).toBe(Number(left > 0n) - Number(left < 0n))
        expect(BigInt(Math.round(budget.eventsLeft * 1_000_000))).toBe(left)
        if (allowed > 0n) expect(budget.status === 'exhausted').toBe(left <= 0n)
      }),
    )
  })

  it('is the same for windows merged in any order', () => {
    fc.assert(
      fc.property(counts, counts, counts, (one, two, three) => {
        const left = addBudgetCounts(addBudgetCounts(one, two), three)
        const right = addBudgetCounts(addBudgetCounts(three, noEvents), addBudgetCounts(two, one))
        expect(errorBudget({ target: 0.95, ...left })).toEqual(errorBudget({ target: 0.95, ...right }))
      }),
    )
  })

  it('agrees with what the reference agent makes of its own budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), counts, (per1000, { good, bad }) => {
        fc.pre(good + bad > 0)
        const target = per1000 / 1_000
        expect(errorBudget({ target, good, bad }).remaining).toBe(
          budgetLeft(target, { successes: good, failures: bad }),
        )
      }),
    )
  })

  it.each([
    [{ target: 1.5, good: 1, bad: 0 }, 'at "target", found 1.5'],
    [{ target: Number.NaN, good: 1, bad: 0 }, 'at "target", found NaN'],
    [{ target: 0.9, good: 1, bad: -1 }, 'at "bad", found -1'],
    [{ target: 0.9, good: 0.5, bad: 0 }, 'at "good", found 0.5'],
  ])('refuses %j in one sentence', (input, words) => {
    expect(() => errorBudget(input)).toThrow(words)
  })
})
