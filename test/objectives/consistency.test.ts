import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consistencyOf } from '../../src/objectives/consistency.ts'
import type { TaskOutcomes } from '../../src/objectives/task-outcomes.ts'

const outcomesOf = (solved: number, of: number): TaskOutcomes => ({
  solved,
  failed: of - solved,
  timedOut: 0,
  excluded: {},
})

const tasksOf = (solved: readonly number[], of: number): Record<string, TaskOutcomes> =>
  Object.fromEntries(solved.map((count, task) => [`task ${task}`, outcomesOf(count, of)]))

/** Tasks with equally many repeats, each solved in some of them. */
const anyTasks = fc
  .integer({ min: 1, max: 12 })
  .chain((of) => fc.array(fc.nat(of), { minLength: 1, maxLength: 40 }).map((solved) => ({ of, solved })))

/** x (x − 1) … (x − k + 1) / (n (n − 1) … (n − k + 1)), 0 where fewer than k are left: what every task alike would give. */
function alike(x: number, n: number, k: number): number {
  let product = 1
  for (let i = 0; i < k; i++) product *= Math.max(0, x - i) / (n - i)
  return product
}

const slack = 2e-6

describe('consistency', () => {
  it('has the reference values of pass^k and pass@k for 6 of 8', () => {
    const { repeats } = consistencyOf(tasksOf([6], 8), [1, 2, 3, 4, 5, 6, 7, 8]) ?? { repeats: [] }
    const every = [0.75, 0.535714, 0.357143, 0.214286, 0.107143, 0.035714, 0, 0]
    expect(repeats.map((each) => each.every.value)).toEqual(every)
    expect(repeats.slice(0, 3).map(({ any }) => any.value)).toEqual([0.75, 0.964286, 1])
  })

  it('has the standard error of Miller for clusters', () => {
    const toy = { a: outcomesOf(3, 3), b: outcomesOf(0, 2), c: outcomesOf(1, 2), d: outcomesOf(3, 3) }
    expect(consistencyOf(toy)?.taskSuccess).toMatchObject({
      value: 0.7,
      standardError: 0.199332,
      designEffect: 1.702857,
      worth: 4,
    })
  })

  it('lies between luck and perfect consistency: the same rate in every task, and all or nothing in each', () => {
    fc.assert(
      fc.property(anyTasks, ({ of, solved }) => {
        const rate = solved.reduce((sum, count) => sum + count, 0) / (of * solved.length)
        for (const { k, every, any } of consistencyOf(tasksOf(solved, of))?.repeats ?? []) {
          expect(every.value).toBeLessThanOrEqual(rate + slack)
          expect(every.value).toBeGreaterThanOrEqual(alike(rate * of, of, k) - slack)
          expect(any.value).toBeGreaterThanOrEqual(rate - slack)
        }
      }),
    )
  })

  it('falls with k where pass@k rises, and lies within its interval', () => {
    fc.assert(
      fc.property(anyTasks, ({ of, solved }) => {
        const { repeats } = consistencyOf(tasksOf(solved, of)) ?? { repeats: [] }
        expect(repeats.map(({ k }) => k)).toEqual([1, 2, 4, 8].filter((k) => k <= of))
        for (const [index, { every, any }] of repeats.entries()) {
          const before = repeats[index - 1]
          if (before !== undefined) expect(every.value).toBeLessThanOrEqual(before.every.value)
          if (before !== undefined) expect(any.value).toBeGreaterThanOrEqual(before.any.value)
          for (const { value, interval } of [every, any]) {
            expect(interval[0]).toBeLessThanOrEqual(value)
            expect(interval[1]).toBeGreaterThanOrEqual(value)
          }
        }
      }),
    )
  })

  it('promises of other tasks no more than so many tasks can show, however often they are repeated', () => {
    const [once, often] = [1, 1_000].map((of) => consistencyOf(tasksOf(Array<number>(5).fill(of), of))?.taskSuccess)
    expect(often).toEqual(once)
    expect(once).toMatchObject({ value: 1, interval: [0.478176, 1], worth: 5 })
  })

  it('says how many tasks are left out for fewer repeats, and is silent where most are', () => {
    const tasks = { a: outcomesOf(8, 8), b: outcomesOf(4, 4), c: outcomesOf(3, 4), d: outcomesOf(0, 0) }
    const repeats = consistencyOf(tasks)?.repeats.map(({ k, tasks: counted, leftOut }) => [k, counted, leftOut])
    expect(repeats).toEqual([
      [1, 3, 0],
      [2, 3, 0],
      [4, 3, 0],
    ])
    expect(consistencyOf({ ...tasks, c: outcomesOf(3, 3) })?.repeats.at(-1)).toMatchObject({
      k: 4,
      tasks: 2,
      leftOut: 1,
    })
    expect(consistencyOf({ d: outcomesOf(0, 0) })).toBeNull()
  })
})
