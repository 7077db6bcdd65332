import { blockTrials } from '../../contract/block-trials.ts'
import type { MeasureTally } from '../measure-tally.ts'
import { readOutcomes } from './outcome-text.ts'
import type { TrialOutcome } from './task-outcome.ts'

/** The outcomes of a condition's trials by the number of the trial, ascending; null for results of earlier versions. */
export function trialOutcomes({ blocks }: Pick<MeasureTally, 'blocks'>): ReadonlyMap<number, TrialOutcome> | null {
  const trials = new Map<number, TrialOutcome>()
  for (const { index, outcomes } of blocks) {
    if (outcomes === null) return null
    for (const [place, trial] of readOutcomes(outcomes).entries()) trials.set(index * blockTrials + place, trial)
  }
  return trials
}
