import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetLeft, targetSchema } from '../../../src/agent/operations/error-budget.ts'

describe('what is left of an error budget', () => {
  it.each([
    [0.95, 1_000, 0, 1],
    [0.95, 1_000, 50, 0],
    [0.95, 1_000, 60, -0.2],
    [0.95, 0, 0, 1],
    [0.9, 10, 1, 0],
    [0.999, 1_000, 1, 0],
    [0.5, 1, 1, -1],
    [0.92, 100, 4, 0.5],
  ])('at a target of %d, of %i tasks with %i failures, is exactly %d', (target, tasks, failures, left) => {
    expect(budgetLeft(target, { successes: tasks - failures, failures })).toBe(left)
  })

  it('is nothing exactly where failures are as many as allowed, and negative exactly beyond', () => {
    const drawn = fc.record({ per1000: fc.integer({ min: 1, max: 999 }), failures: fc.nat(5_000), rest: fc.nat(5_000) })
    fc.assert(
      fc.property(drawn, ({ per1000, failures, rest }) => {
        const left = budgetLeft(per1000 / 1_000, { successes: rest, failures })
        const over = failures * 1_000 - (failures + rest) * (1_000 - per1000)
        return failures + rest === 0 ? left === 1 : Math.sign(left) + Math.sign(over) === 0
      }),
    )
  })

  it.each([0, 1, -0.5, 1.5, 1 / 3])('has no target of %d', (target) => {
    expect(targetSchema.safeParse(target).success).toBe(false)
  })
})
