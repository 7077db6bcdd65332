import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { comparedParts } from '../results/comparison/comparison-schema.ts'
import { usageError } from '../contract/errors.ts'
import { parseInput } from '../contract/parse.ts'
import { bailFlag } from './bail-flag.ts'
import { formatsFlag } from './formats-flag.ts'
import { shardFlag } from './shard-flag.ts'
import { periodFlag } from './previous.ts'
import { wholeNumberFlag } from './whole-number-flag.ts'

const runFlagsSchema = z.strictObject({
  config: z.string().optional(),
  seed: wholeNumberFlag(0, 0xffff_ffff).optional(),
  trials: wholeNumberFlag(1, 1_000_000).optional(),
  workers: wholeNumberFlag(1, 256).optional(),
  out: z.string().min(1).optional(),
  /** Absent: as suits whether somebody watches. */
  quick: z.boolean().optional(),
  /** Overrides the configuration: too few trials leave rare situations out. */
  vacuous: z.enum(['fail', 'allow']).optional(),
  /** Compares with this result instead of the configured baselines. */
  baseline: z.string().min(1).optional(),
  updateBaseline: z.boolean().default(false),
  allow: z.array(z.enum(comparedParts)).default([]),
  format: formatsFlag,
  /** Absent: as the configuration says, or else as the environment does. */
  github: z.boolean().optional(),
  /** Earlier results, instead of the configured folder. */
  previous: z.string().min(1).optional(),
  updatePrevious: z.boolean().default(false),
  period: periodFlag,
  picture: z.boolean().default(false),
  pdf: z.boolean().default(false),
  json: z.boolean().default(false),
  /** Absent: whether an AI agent reads along decides. */
  quiet: z.boolean().optional(),
  /** Runs this part of the blocks, for `shakedown merge`. */
  shard: shardFlag.optional(),
  /** Continues a run that was ended before its report. */
  resume: z.boolean().default(false),
  /** Takes the work on unchanged scenarios from earlier runs. */
  cache: z.boolean().default(false),
  /** Runs again whatever a change touches. */
  watch: z.boolean().default(false),
  /** Failed scenarios after which the run ends. */
  bail: bailFlag.optional(),
  /** Only scenarios that did not pass in the last results, or in those of this file or folder. */
  lastFailed: z.union([z.literal(true), z.string().min(1)]).optional(),
  /** Only scenarios for which something has changed since this ref, or the usual one. */
  changed: z.union([z.literal(true), z.string().min(1)]).optional(),
  /** Whether a run to which its flags leave no scenario ends with 0. */
  passWithNoScenarios: z.boolean().default(false),
  allowProduction: z.boolean().default(false),
})

export type RunFlags = z.output<typeof runFlagsSchema>

/** @throws {ShakedownError} of kind `usage` naming the flag and its value */
export function parseRunFlags(flags: unknown): RunFlags {
  const parsed = parseInput(runFlagsSchema, flags, 'flags of `shakedown run`', 'see `shakedown run --help`')
  const { shard, json, updateBaseline, baseline, bail } = parsed
  if (shard !== undefined && (json || updateBaseline || baseline !== undefined)) {
    throw usageError(
      'SHARD_FLAGS',
      'flag --shard: a part of a run has no results to print or to compare; give --json, --baseline and --update-baseline to `shakedown merge`.',
    )
  }
  if (shard !== undefined && bail !== undefined) {
    throw usageError(
      'SHARD_FLAGS',
      'flag --bail: a part of a run is not judged, so that no failure can end it; leave --bail out, or run without --shard.',
    )
  }
  return parsed
}

/** Processes that run trials at a time, where nothing else is said: one a core, and no more than help. */
export function defaultWorkers(): number {
  return Math.max(1, Math.min(availableParallelism(), 8))
}
