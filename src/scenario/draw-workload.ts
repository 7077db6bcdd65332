import type { Task } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import type { Scenario } from './scenario.ts'
import { workloadDraw } from './workload-source.ts'

/** A workload with its tasks, in the order of its arrivals. */
export interface DrawnWorkload {
  readonly workload: Workload
  readonly tasks: readonly Task[]
}

/** The seed of everything in a trial: with the same one, the same trial. */
export function trialSeedOf({ name }: Pick<Scenario, 'name'>, seed: number, trial: number): string {
  return `${seed}/${name}/${trial}`
}

/**
 * The workload of a trial, and without running it, too: what a trial whose process was lost would have done.
 *
 * The default is one task: task i modulo their number, so that every task gets its share of the trials.
 */
export function drawWorkload(scenario: Scenario, seed: number, trial: number): DrawnWorkload {
  const { tasks, workload } = scenario
  if (workload === null) {
    const ofDefault = tasks.slice(trial % tasks.length, (trial % tasks.length) + 1)
    return {
      tasks: ofDefault,
      workload: { order: 'sequence', arrivals: ofDefault.map(({ id }) => ({ task: id, atMs: 0 })) },
    }
  }
  const drawn = workload(workloadDraw(tasks, trialSeedOf(scenario, seed, trial), trial))
  return { workload: drawn, tasks: drawn.arrivals.flatMap(({ task }) => tasks.filter(({ id }) => id === task)) }
}
