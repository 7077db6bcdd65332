import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/objectives/population.ts'
import { noOutcomes } from '../../src/objectives/task-outcomes.ts'
import { conditionMeasures } from '../../src/results/summarise-condition.ts'
import { conditionOf, tasksOf } from '../objectives/_counts.ts'

describe('the interval that is shown of tool calls', () => {
  const solved = { ...noOutcomes, solved: 100 }
  const tasks = tasksOf(200, 200, { toolCalls: { 1: 100, 3: 100 }, byTask: { refund: solved, return: solved } })
  const shown = (reading: Reading) => conditionMeasures(conditionOf(tasks, { reading })).toolCalls

  it('is the one that gates: none for tasks like these of two tasks, and none that was looked at on the way', () => {
    expect(shown({ population: 'these tasks', isSequential: false }).interval).not.toBeNull()
    expect(shown({ population: 'tasks like these', isSequential: false })).toMatchObject({ mean: 2, interval: null })
    expect(shown({ population: 'these tasks', isSequential: true })).toMatchObject({ mean: 2, interval: null })
  })
})
