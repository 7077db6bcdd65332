import { z } from 'zod'
import { callCountsSchema } from '../objectives/dependencies/call-counts.ts'
import { gatedCountsSchema, judgedCountsShape, nothingJudged } from './judged-counts.ts'
import { outcomeTextPattern } from './outcomes/outcome-text.ts'
import { problemSchema } from './tally.ts'

const counts = z.record(z.string(), z.int().min(0))

/** A task that was not solved, to be attributed. */
export const measuredFailureSchema = z.strictObject({
  trial: z.int().min(0),
  /** Index of the task in the workload of the trial. */
  index: z.int().min(0),
  /** Id of the task. */
  task: z.string(),
  /** What was wrong, in words. */
  problem: z.string(),
})

/** Failures that a tally keeps to be attributed unless a measure says otherwise: those of the lowest trials, whoever ran them. */
export const mostFailuresKept = 20

/** What the trials of one condition of a measure add up to; tallies of different blocks merge associatively. */
export const measureTallySchema = z.strictObject({
  /** By block index, ascending. */
  blocks: z.array(
    z.strictObject({
      index: z.int().min(0),
      /** SHA-256 of the hashes of its trials. */
      hash: z.string(),
      /** What became of each task of each trial, as {@link outcomeTextPattern} says; null in results of earlier versions. */
      outcomes: z.string().regex(outcomeTextPattern, 'expected outcomes such as 0+2.rs 1-0.').nullable().default(null),
    }),
  ),
  trials: z.int().min(0),
  /** Upstream calls made. */
  calls: z.int().min(0),
  /** Virtual milliseconds that passed. */
  virtualMs: z.int().min(0),
  /** How the trials ended. */
  ends: counts,
  /** Calls struck, by catalogue ID. */
  delivered: counts,
  ...judgedCountsShape,
  /** Null where no task is in quarantine: then gates are judged by everything. */
  gated: gatedCountsSchema.nullable().default(null),
  /** Calls by upstream and class of outcome; none in results of earlier versions. */
  upstreams: z.record(z.string(), callCountsSchema).default({}),
  /** Trials by how often declared breakers opened within 24 virtual hours of them; none where none is declared. */
  breakerOpens: counts.default({}),
  /** The first failures, as many as the measure wants attributed, by trial and index. */
  failures: z.array(measuredFailureSchema),
  problems: z.array(problemSchema),
})

export type MeasuredFailure = z.output<typeof measuredFailureSchema>
export type MeasureTally = z.output<typeof measureTallySchema>

/** The tally of no trials: the neutral element of the merge. */
export const emptyMeasureTally: MeasureTally = {
  blocks: [],
  trials: 0,
  calls: 0,
  virtualMs: 0,
  ends: {},
  delivered: {},
  ...nothingJudged,
  gated: null,
  upstreams: {},
  breakerOpens: {},
  failures: [],
  problems: [],
}
