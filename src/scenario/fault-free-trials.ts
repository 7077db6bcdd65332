import type { Scenario } from './scenario.ts'

/** Trials of the run without faults where workloads vary: enough to see several of them. */
const workloadTrials = 10

/** How many trials the run without faults makes: each task once, or as many of the first workloads. */
export function faultFreeTrials({ workload, tasks }: Scenario): number {
  return workload === null ? tasks.length : Math.max(workloadTrials, tasks.length)
}
