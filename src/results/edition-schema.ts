import { z } from 'zod'

/** Kinds of names that the author of a public edition may leave in. */
export const keptNames = ['agents', 'scenarios', 'conditions', 'upstreams'] as const

export type KeptName = (typeof keptNames)[number]

/** Says of results that they are an edition of other results, made for readers who may not see everything. */
export const editionSchema = z.strictObject({
  name: z.literal('public'),
  /** SHA-256 of the bytes of the full `results.json`: whoever is given that file can check that it is the one. */
  full: z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of a results.json'),
  /** Kinds of names that were left in. */
  kept: z.array(z.enum(keptNames)),
})

export type Edition = z.output<typeof editionSchema>
