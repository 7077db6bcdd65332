import { z } from 'zod'

/** Where and when a run took place: everything that may differ between two runs with the same results. */
export const environmentSchema = z.strictObject({
  format: z.literal('shakedown-environment'),
  version: z.literal(1),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** Real milliseconds. */
  durationMs: z.int().min(0),
  node: z.string(),
  platform: z.string(),
  workers: z.int().min(1),
  /** What git had checked out, with `-dirty` where files differed from it; null where it is unknown, and in earlier versions. */
  commit: z.string().nullable().default(null),
  /** The folder of the configuration, relative to its git repository, with forward slashes; empty where they are one, or where it is unknown. */
  folder: z.string().default(''),
  /** Arguments of `shakedown` that ask for the same trials, to be given in the folder of the configuration; empty in earlier versions. */
  command: z.array(z.string()).default([]),
  /** Agent processes that had to be replaced, with what they were doing. */
  replacedWorkers: z.array(z.strictObject({ scenario: z.string(), trial: z.int().min(0), stack: z.string() })),
})

export type Environment = z.output<typeof environmentSchema>
