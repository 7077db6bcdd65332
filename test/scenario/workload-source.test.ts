import { describe, expect, it } from 'vitest'
import { emptyPlan } from '../../src/contract/fault.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import type { WorkloadSource } from '../../src/scenario/workload-source.ts'
import { workloads } from '../../src/scenario/workloads.ts'
import { orderScenario } from './_scenario.ts'

const tasks = ['one', 'two', 'three'].map((id) => ({ id, input: `Task ${id}.` }))

async function arrivalsOf(workload: WorkloadSource, trials: readonly number[], seed = 1): Promise<string[]> {
  const scenario = orderScenario({
    agent:
      () =>
      async ({ id }) => ({ answer: id, stop: 'end_turn' }),
    tasks,
    workload,
  })
  const told: string[] = []
  for (const trial of trials) {
    const { events } = await runTrial({ scenario, seed, trial, plan: emptyPlan, keep: true })
    told.push(events.flatMap((event) => (event.type === 'task.started' ? [`${event.at} ${event.id}`] : [])).join(', '))
  }
  return told
}

describe('the workload of a trial', () => {
  it('is taken from a list in turns', async () => {
    const list = [workloads.inARow(['one'], 2), workloads.burst(['two', 'three'], 2, { atMs: 5 })]
    expect(await arrivalsOf(list, [0, 1, 2])).toEqual(['0 one, 0 one', '5 two, 5 three', '0 one, 0 one'])
  })

  it('is drawn by a function from the seed and the trial alone', async () => {
    const drawn: WorkloadSource = ({ int }) => ({ arrivals: [{ task: 'one', atMs: int('at', 0, 100_000) }] })
    const once = await arrivalsOf(drawn, [0, 1, 2, 3])
    expect(await arrivalsOf(drawn, [3, 2, 1, 0])).toEqual(once.toReversed())
    expect(new Set(once).size).toBe(4)
    expect(await arrivalsOf(drawn, [0, 1, 2, 3], 2)).not.toEqual(once)
  })

  it('that a function draws wrong is told in one sentence', async () => {
    await expect(arrivalsOf(() => ({ arrivals: [{ task: 'four' }] }), [0])).rejects.toThrow(
      'names task "four", which is not among its tasks; name one of "one", "two", "three".',
    )
  })

  it('cannot come from an empty list', () => {
    expect(() => orderScenario({ tasks, workload: [] })).toThrow('the list of workloads is empty')
  })
})

describe('workloads', () => {
  it('spread a burst evenly, and stand side by side', async () => {
    const both = workloads.together(
      workloads.burst(['one'], 3, { atMs: 100, spreadMs: 50 }),
      workloads.inARow(['two'], 2, { fromMs: 10, everyMs: 200 }),
    )
    expect(await arrivalsOf(both, [0])).toEqual(['10 two, 100 one, 125 one, 150 one, 210 two'])
  })

  it('need tasks', () => {
    expect(() => workloads.burst([], 5)).toThrow('a workload of 5 tasks was given no task ids; name at least one.')
  })
})
