import type { Task } from '../contract/task.ts'
import type { Scenario } from './scenario.ts'
import { workloadDraw } from './workload-source.ts'

/** The tasks of a trial in the workload's order, without running it: for a trial whose process was lost. */
export function trialTasks({ name, tasks, workload }: Scenario, seed: number, trial: number): readonly Task[] {
  const ofDefault = tasks[trial % tasks.length]
  if (workload === null) return ofDefault === undefined ? [] : [ofDefault]
  const { arrivals } = workload(workloadDraw(tasks, `${seed}/${name}/${trial}`, trial))
  return arrivals.flatMap(({ task }) => tasks.filter(({ id }) => id === task))
}
