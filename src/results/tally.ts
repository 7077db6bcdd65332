import { z } from 'zod'

const counts = z.record(z.string(), z.int().min(0))

/** How many trials violated a property, and the first that did. */
const violationSchema = z.strictObject({
  trials: z.int().min(1),
  /** The lowest trial index, whichever worker ran it. */
  firstTrial: z.int().min(0),
})

/** The trials in which faults of one family struck: in how many each property was put to the test, and violated. */
const exposureSchema = z.strictObject({
  trials: z.int().min(1),
  /** Trials by property ID; those that none of them put to the test are left out. */
  judged: counts,
  violated: counts,
})

/** Something that makes the run's verdict untrustworthy. */
export const problemSchema = z.strictObject({
  kind: z.enum(['state leak', 'nondeterminism', 'harness']),
  /** The trial it was seen at. */
  trial: z.int().min(0),
  /** What was seen, and the remedy. */
  sentence: z.string(),
})

/**
 * What a set of trials adds up to.
 *
 * One block's tally and the whole search's are the same shape, because tallies merge associatively: any split over
 * workers, shards or machines gives the same bytes.
 */
export const tallySchema = z.strictObject({
  /** SHA-256 of each block's trial hashes, by block index, ascending. */
  blocks: z.array(z.strictObject({ index: z.int().min(0), hash: z.string() })),
  trials: z.int().min(0),
  /** Upstream calls made. */
  calls: z.int().min(0),
  /** Virtual milliseconds that passed. */
  virtualMs: z.int().min(0),
  /** How the trials ended. */
  ends: counts,
  /** Times each property's situation arose, by property ID. */
  triggers: counts,
  /** Trials that put each property to the test, by property ID; none in results of earlier versions. */
  judged: counts.default({}),
  violations: z.record(z.string(), violationSchema),
  /** Observations of statistical properties, by property ID and key. */
  samples: z.record(z.string(), counts).default({}),
  /** Faults planned, by catalogue ID. */
  planned: counts,
  /** Planned faults that struck no call, by catalogue ID. */
  undelivered: counts,
  /** Calls struck, by catalogue ID: one fault of a plan may strike many. */
  delivered: counts,
  /** What came of each property where a family struck, by family; none in results of earlier versions. */
  exposure: z.record(z.string(), exposureSchema).default({}),
  /** Trials that left something behind, by what it was: `timer`, `interval`, a kind of handle. */
  leftovers: counts,
  /** What ran outside the world, e.g. `worker thread`. */
  outside: z.array(z.string()),
  problems: z.array(problemSchema),
})

export type Tally = z.output<typeof tallySchema>
export type Problem = z.output<typeof problemSchema>

/** The tally of no trials: the neutral element of the merge. */
export const emptyTally: Tally = {
  blocks: [],
  trials: 0,
  calls: 0,
  virtualMs: 0,
  ends: {},
  triggers: {},
  judged: {},
  violations: {},
  samples: {},
  planned: {},
  undelivered: {},
  delivered: {},
  exposure: {},
  leftovers: {},
  outside: [],
  problems: [],
}
