import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { comparedParts } from '../results/comparison/comparison-schema.ts'
import { parseInput } from '../contract/parse.ts'
import { formatsFlag } from './formats-flag.ts'
import { wholeNumberFlag } from './whole-number-flag.ts'

const runFlagsSchema = z.strictObject({
  config: z.string().optional(),
  seed: wholeNumberFlag(0, 0xffff_ffff).optional(),
  trials: wholeNumberFlag(1, 1_000_000).optional(),
  workers: wholeNumberFlag(1, 256).optional(),
  out: z.string().min(1).optional(),
  quick: z.boolean().default(false),
  /** Overrides the configuration: too few trials leave rare situations out. */
  vacuous: z.enum(['fail', 'allow']).optional(),
  /** Compares with this result instead of the configured baselines. */
  baseline: z.string().min(1).optional(),
  updateBaseline: z.boolean().default(false),
  allow: z.array(z.enum(comparedParts)).default([]),
  format: formatsFlag,
  /** Absent: as the configuration says, or else as the environment does. */
  github: z.boolean().optional(),
  json: z.boolean().default(false),
  /** Absent: whether an AI agent reads along decides. */
  quiet: z.boolean().optional(),
  allowProduction: z.boolean().default(false),
})

export type RunFlags = z.output<typeof runFlagsSchema>

/** @throws {ShakedownError} of kind `usage` naming the flag and its value */
export function parseRunFlags(flags: unknown): RunFlags {
  return parseInput(runFlagsSchema, flags, 'flags of `shakedown run`', 'see `shakedown run --help`')
}

/** Processes that run trials at a time, where nothing else is said: one a core, and no more than help. */
export function defaultWorkers(): number {
  return Math.max(1, Math.min(availableParallelism(), 8))
}
