import { z } from 'zod'
import type { Message, Reasoning, RequestedCall } from '../../messages/message.ts'

export const requestedCallSchema: z.ZodType<RequestedCall> = z.strictObject({
  id: z.string(),
  name: z.string(),
  argumentsText: z.string(),
})

export const reasoningSchema: z.ZodType<Reasoning> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string(), signature: z.string().nullable() }),
  z.strictObject({ kind: z.literal('redacted'), data: z.string() }),
])

const messageSchema: z.ZodType<Message> = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string(), isSummary: z.literal(true).exactOptional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string().nullable(),
    calls: z.array(requestedCallSchema),
    reasoning: z.array(reasoningSchema),
  }),
  z.strictObject({ role: z.literal('tool'), callId: z.string(), content: z.string() }),
])

/** A message of a run. What has left the context stays, so that it can be recalled. */
export const messageRecordSchema = z.strictObject({
  run: z.string(),
  /** On whose behalf, so that nobody else recalls it: the user of its run; null: nobody in particular. */
  owner: z.string().nullable(),
  /** In the order in which the messages of the run were kept, from 0. */
  number: z.int().min(0),
  /** Its place in the conversation as it is sent, from 0; null where it is no longer in context. */
  position: z.int().min(0).nullable(),
  message: messageSchema,
  /** The step that failed with it, so that it never was in context; absent for all others. */
  failedInStep: z.int().min(1).exactOptional(),
  /** Milliseconds since the Unix epoch. */
  keptAtMs: z.number(),
})
export type MessageRecord = z.output<typeof messageRecordSchema>
