import { z } from 'zod'
import { usageError } from '../contract/errors.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { confidenceSequence } from '../statistics/confidence-sequence.ts'
import type { Interval } from '../statistics/interval.ts'
import { type MeasuredRate, bases } from './measured-rate.ts'
import { outwards } from './rounded-interval.ts'

const share = z.number().min(0).max(1)

/** What was counted for one declared value: everything that its interval follows from. */
export const valueEvidenceSchema = z
  .strictObject({
    /** Tasks or trials that went well, and of how many. */
    successes: z.int().min(0),
    of: z.int().min(1),
    /** Independent observations behind them: trials, where one trial has several tasks. */
    observations: z.int().min(1),
    /** What the interval rests on, as in the results of a measure. */
    basis: z.enum(bases),
    /** Trials that the observations are worth, where the interval is clustered by task; else absent. */
    worth: z.number().positive().optional(),
    /** Two-sided 95 % interval by these counts, bounds rounded outwards to six digits. */
    interval: z.tuple([share, share]),
  })
  .refine(({ successes, of }) => successes <= of, { error: 'expected at most as many as "of"', path: ['successes'] })
  .refine(({ observations, of }) => observations <= of, {
    error: 'expected at most as many as "of"',
    path: ['observations'],
  })
  .refine(({ basis, worth, observations }) => (basis === 'tasks' ? (worth ?? Infinity) <= observations : !worth), {
    error: 'expected the trials that tasks are worth, where and only where these are the basis',
    path: ['worth'],
  })

/** Where the evidence of a declaration comes from: who runs this again counts the same. */
export const measuredBySchema = z.strictObject({
  /** Name of the scenario. */
  scenario: z.string().min(1),
  seed: z.int().min(0),
  /** Trials under each condition. */
  trials: z.int().min(1),
  /** Identity of every trace of the measure. */
  traceHash: z.string().min(1),
  /** SHA-256 of the `results.json`, as hexadecimal digits. */
  results: z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of a results.json'),
  /** Commit of the agent, with `-dirty` where there were changes besides; null where it is unknown. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}(-dirty)?$/, 'expected the hash of a commit')
    .nullable(),
  /** Version of Shakedown that ran the trials. */
  shakedown: z.string().min(1),
})

export type ValueEvidence = z.output<typeof valueEvidenceSchema>
export type MeasuredBy = z.output<typeof measuredBySchema>

/** The last digit of a bound: a later version of the arithmetic may round it the other way. */
const lastDigit = 1e-6

/** The evidence that a measured rate is; null where nothing was counted. */
export function evidenceOf({ count, of, observations, basis, worth, exact }: MeasuredRate): ValueEvidence | null {
  if (exact === null) return null
  return {
    successes: count,
    of,
    observations,
    basis,
    ...(worth !== undefined && { worth }),
    interval: exact,
  }
}

/**
 * The interval of a share of so many independent observations.
 *
 * @param observations above 0; not whole where clustered ones are worth so many
 */
export function intervalOn(basis: ValueEvidence['basis'], rate: number, observations: number): Interval {
  const bounds = basis === 'any time' ? confidenceSequence : clopperPearson
  return outwards(bounds(rate * observations, observations))
}

/**
 * Counts again what a declared value rests on.
 *
 * @param place names the value, e.g. `draft.json at "values.0"`
 * @throws {ShakedownError} of kind `usage` where the interval does not follow from the counts, or the value is above it
 */
export function requireEvidence(value: number, evidence: ValueEvidence, place: string): void {
  const { successes, of, observations, basis, worth = observations, interval } = evidence
  const counted = intervalOn(basis, successes / of, worth)
  if (interval.some((bound, index) => Math.abs(bound - (counted[index] ?? 0)) > 1.5 * lastDigit)) {
    throw usageError(
      'EVIDENCE',
      `${place}: ${successes} of ${of}, worth ${worth} independent observations, have the interval ${counted.join(' to ')}, and not ${interval.join(' to ')}; draft it again from its results.json.`,
    )
  }
  if (value > counted[0]) {
    throw usageError(
      'OVER_CLAIMED',
      `${place}: ${value} is declared, and ${successes} of ${of} support no more than ${counted[0]}; declare that at most, or make more trials.`,
    )
  }
}
