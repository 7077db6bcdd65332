import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConditionCounts, metricRate } from '../../src/objectives/condition-counts.ts'
import { judgeObjective } from '../../src/objectives/judge-objective.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import type { Population } from '../../src/objectives/population.ts'
import type { TaskOutcomes } from '../../src/objectives/task-outcomes.ts'
import { conditionOf, tasksOf } from './_counts.ts'

/** Tasks that were each run so often, solved in some of the runs. */
function conditionWith(solved: readonly number[], repeats: number, population: Population): ConditionCounts {
  const total = solved.reduce((sum, count) => sum + count, 0)
  const of = solved.length * repeats
  const byTask = Object.fromEntries(
    solved.map((count, task): [string, TaskOutcomes] => [
      `task ${task}`,
      { solved: count, failed: repeats - count, timedOut: 0, excluded: {} },
    ]),
  )
  const reading = { population, isSequential: false }
  return conditionOf(tasksOf(total, of, { byTask }), { reading })
}

const alternating = Array.from({ length: 40 }, (_, task) => (task % 4 === 0 ? 0 : 50))

describe('what a rate speaks of', () => {
  it('counts every trial where it speaks of these tasks, and clusters where it speaks of tasks like these', () => {
    const [these, alike] = (['these tasks', 'tasks like these'] as const).map((population) =>
      metricRate('task_success', conditionWith(alternating, 50, population)),
    )
    expect(these).toMatchObject({ rate: 0.75, basis: 'trials', exact: [0.730414, 0.76885] })
    expect(alike).toMatchObject({ rate: 0.75, basis: 'tasks', observations: 2_000, wilson: these?.wilson })
    const [low = 1, high = 0] = alike?.exact ?? []
    expect(low).toBeLessThan(0.6)
    expect(high).toBeGreaterThan(0.86)
  })

  it('decides the same objective differently', () => {
    const objective = objectives.taskSuccess(0.7)
    expect(judgeObjective(objective, conditionWith(alternating, 50, 'these tasks')).verdict).toBe('met')
    expect(judgeObjective(objective, conditionWith(alternating, 50, 'tasks like these')).verdict).toBe('inconclusive')
  })

  it('takes each task as one observation where their counts do not tell: latency, tool calls', () => {
    const alike = conditionWith(alternating, 50, 'tasks like these')
    const { rate, verdict } = judgeObjective(objectives.latency({ p99Ms: 30_000 }), alike)
    expect(rate).toMatchObject({ count: 2_000, basis: 'tasks', exact: [0.911902, 1] })
    expect(verdict).toBe('inconclusive')
    expect(judgeObjective(objectives.toolCallsPerTask({ atMost: 3 }), alike).verdict).toBe('inconclusive')
  })

  it('never has a narrower interval for tasks like these than their number allows at best', () => {
    const tasks = fc.array(fc.nat(10), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(tasks, (solved) => {
        const width = (population: Population): number => {
          const [low, high] = metricRate('task_success', conditionWith(solved, 10, population)).exact ?? [0, 0]
          return high - low
        }
        expect(width('tasks like these')).toBeGreaterThanOrEqual(width('these tasks') - 2e-6)
      }),
    )
  })
})
