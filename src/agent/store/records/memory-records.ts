import { z } from 'zod'

/** A core block: a named text that is always in context. */
export const blockSchema = z.strictObject({
  /** Whose memory it is part of, e.g. the agent's or a user's. */
  owner: z.string(),
  label: z.string().min(1),
  value: z.string(),
  description: z.string(),
  /** The most characters of its value. */
  limitChars: z.int().min(1),
  isReadOnly: z.boolean(),
  /** Its place among the blocks of its owner. */
  position: z.int().min(0),
  updatedAtMs: z.number(),
})
export type BlockRecord = z.output<typeof blockSchema>

/** A piece of archival memory: never in context, found by search. */
export const passageSchema = z.strictObject({
  id: z.string(),
  owner: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  /** Where the passage can be found by meaning; null where only its words are known. */
  embedding: z.array(z.number()).nullable(),
  createdAtMs: z.number(),
})
export type PassageRecord = z.output<typeof passageSchema>
