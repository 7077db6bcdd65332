import { z } from 'zod'
import type { ShardPart } from '../runner/shards/shard-part.ts'

/** More parts than any machine park runs; a typing error is caught by it. */
const mostShards = 1_000

/** A flag such as `2/4`. */
export const shardFlag = z
  .string()
  .regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, 'expected a part such as 2/4')
  .transform((text): ShardPart => {
    const [index = 1, of = 1] = text.split('/').map(Number)
    return { index, of }
  })
  .refine(({ index, of }) => index <= of && of <= mostShards, `expected 1/n to n/n, with n up to ${mostShards}`)
