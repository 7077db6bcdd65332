import { z } from 'zod'

/** What two results must have in common to be compared; one that was meant to change can be allowed. */
export const comparedParts = ['tasks', 'graders', 'prompts', 'tools', 'faults'] as const

export type ComparedPart = (typeof comparedParts)[number]

const share = z.number().min(0).max(1)
const interval = z.tuple([z.number(), z.number()])
const side = z.strictObject({ solved: z.int().min(0), of: z.int().min(0) })

/** What became of one rate between two results. */
export const comparedCellSchema = z.strictObject({
  scenario: z.string(),
  condition: z.string(),
  /** Id of the task; null for all tasks. */
  task: z.string().nullable(),
  baseline: side,
  current: side,
  /** What is taken as independent: a task where the rate speaks of tasks like these, else a trial. */
  unit: z.enum(['trial', 'task']).default('trial'),
  /** How many of them: those in common, or the smaller number of trials where the seeds differ. */
  observations: z.int().min(0),
  /** Pairs of which only the current side succeeded, and only the baseline; null where the seeds differ. */
  better: z.int().min(0).nullable(),
  worse: z.int().min(0).nullable(),
  /** Current rate minus baseline's, with its two-sided 95 % interval rounded outwards; null where nothing was counted. */
  difference: z.number().min(-1).max(1).nullable(),
  interval: interval.nullable(),
  /** That neither side is better: exact for trials of the same seed and for tasks, then adjusted by Holm over all cells. */
  p: share.nullable(),
  adjustedP: share.nullable(),
  verdict: z.enum(['regressed', 'improved', 'unchanged', 'undecided']),
  /** Every trace is the same, byte for byte. */
  isIdentical: z.boolean(),
  /** Whether it decides: all tasks always do, a single task only when it regressed, nothing that is in quarantine. */
  isGating: z.boolean(),
})

/** How a mean differs between two results; shown, and never gating. */
export const comparedMeanSchema = z.strictObject({
  scenario: z.string(),
  condition: z.string(),
  what: z.enum(['latency', 'tool calls']),
  baseline: z.number(),
  current: z.number(),
  /** Current minus baseline over the same tasks of the same trials; virtual milliseconds, or calls. */
  difference: z.number(),
  /** What is taken as independent. */
  unit: z.enum(['trial', 'task']).default('trial'),
  /** Two-sided 95 %, by Student's t over them; null below 100 trials, or 20 tasks. */
  interval: interval.nullable(),
})

/** What differs between two results besides the agent's behaviour. */
export const differenceSchema = z.strictObject({
  scenario: z.string(),
  part: z.enum(comparedParts),
  /** What differs, in a sentence without its full stop. */
  sentence: z.string(),
})

/** A result against an earlier one. */
export const comparisonSchema = z.strictObject({
  format: z.literal('shakedown-comparison'),
  version: z.literal(1),
  /** How the earlier result is called: `pinned`, `moving`, or the path that was given. */
  baseline: z.string(),
  /** Seeds of both; trials are paired where they are the same. */
  seeds: z.strictObject({ baseline: z.int().min(0), current: z.int().min(0) }),
  isPaired: z.boolean(),
  /** Differences of rates within it count as none, 0 to 1. */
  margin: share,
  status: z.enum(['unchanged', 'improved', 'regressed', 'undecided', 'refused']),
  /** What forbids the comparison; nothing is compared then. */
  refusals: z.array(differenceSchema),
  /** What differs and was allowed to. */
  allowed: z.array(differenceSchema),
  /** What only one of the two measured, in sentences without their full stops. */
  uncompared: z.array(z.string()),
  cells: z.array(comparedCellSchema),
  means: z.array(comparedMeanSchema),
})

export type ComparedCell = z.output<typeof comparedCellSchema>
export type ComparedMean = z.output<typeof comparedMeanSchema>
export type ComparedDifference = z.output<typeof differenceSchema>
export type Comparison = z.output<typeof comparisonSchema>
