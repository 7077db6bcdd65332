import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { keptWorkSchema } from '../kept-work/kept-work.ts'
import type { KeptWork } from '../kept-work/kept-work.ts'
import { runIdentitySchema } from '../kept-work/run-identity.ts'

/** What one part of a run leaves for the merge. */
const shardSchema = z
  .strictObject({
    format: z.literal('shakedown-shard'),
    version: z.literal(1),
    /** From 1. */
    index: z.int().min(1),
    of: z.int().min(1),
    run: runIdentitySchema,
    /** Whether the run is of all scenarios, and not of some that were asked for. */
    isWhole: z.boolean(),
    /** The day on which it began. */
    today: z.iso.date(),
    /** What its blocks came to, unmerged. */
    work: z.array(keptWorkSchema),
  })
  .refine(({ index, of }) => index <= of, 'expected a shard of those that there are')

export type Shard = Omit<z.output<typeof shardSchema>, 'work'> & { readonly work: readonly KeptWork[] }

export const shardFile = 'shard.json'

/**
 * Reads the text of a `shard.json`.
 *
 * @param place where the text came from
 * @throws {ShakedownError} of kind `usage` where it is not JSON, or no shard of this version
 */
export function readShard(text: string, place: string): Shard {
  const remedy = 'give a shard.json that `shakedown run --shard` of this version wrote'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw usageError('BAD_INPUT', `${place}: not JSON, found ${JSON.stringify(text.slice(0, 40))}; ${remedy}.`, error)
  }
  const shard = parseInput(shardSchema, value, place, remedy)
  // The work as it was written: the order of its keys goes into the bytes of the results.
  return { ...shard, work: (value as Shard).work }
}
