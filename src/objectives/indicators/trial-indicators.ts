import { z } from 'zod'
import { addDriftCounts, driftCountsSchema, noConversations } from './drift-counts.ts'
import { addIndicatorCounts, indicatorCountsSchema, nothingCounted } from './indicator-counts.ts'

/** Unsupported claims that are told as examples: those of the lowest trials. */
export const mostClaimsKept = 10

/** The first claim of an answer that nothing in its task supports. */
export const unsupportedClaimSchema = z.strictObject({
  trial: z.int().min(0),
  /** Index of the task in the workload of the trial. */
  index: z.int().min(0),
  /** Id of the task. */
  task: z.string(),
  /** What kind of claim it is, e.g. `date`. */
  kind: z.string(),
  /** The agent's words. */
  claim: z.string(),
})

/** The indicators of a condition that speak of whole trials and of conversations. */
export const trialIndicatorsSchema = z.strictObject({
  /** Trials, bad by the property that was violated first. */
  safety: indicatorCountsSchema,
  drift: driftCountsSchema,
  /** At most {@link mostClaimsKept}, by trial and index. */
  unsupportedClaims: z.array(unsupportedClaimSchema),
})

export type UnsupportedClaim = z.output<typeof unsupportedClaimSchema>
export type TrialIndicators = z.output<typeof trialIndicatorsSchema>

/** The indicators of no trial: the neutral element of the sum. */
export const noTrialIndicators: TrialIndicators = {
  safety: nothingCounted,
  drift: noConversations,
  unsupportedClaims: [],
}

/** Adds the indicators of different trials; associative and commutative. */
export function addTrialIndicators(one: TrialIndicators, other: TrialIndicators): TrialIndicators {
  return {
    safety: addIndicatorCounts(one.safety, other.safety),
    drift: addDriftCounts(one.drift, other.drift),
    // The first of the first ones are the first of all.
    unsupportedClaims: [...one.unsupportedClaims, ...other.unsupportedClaims]
      .toSorted((a, b) => a.trial - b.trial || a.index - b.index || (a.claim < b.claim ? -1 : 1))
      .slice(0, mostClaimsKept),
  }
}
