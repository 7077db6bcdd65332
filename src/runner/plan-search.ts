import { blockTrials } from '../scenario/plans.ts'
import type { ScenarioDescription } from './job.ts'
import type { RunRequest } from './run-plan.ts'

/** Trials of a search, as far as the run asks for another number than the scenario. */
export function searchTrials({ trials, quickTrials }: ScenarioDescription, request: RunRequest): number {
  return request.trials ?? (request.isQuick ? quickTrials : trials)
}

/** The blocks that so many trials make, each with its own number of them; the last may have fewer. */
export function searchBlockPlan(trials: number): { readonly block: number; readonly trials: number }[] {
  return Array.from({ length: Math.ceil(trials / blockTrials) }, (_, block) => ({
    block,
    trials: Math.min(blockTrials, trials - block * blockTrials),
  }))
}
