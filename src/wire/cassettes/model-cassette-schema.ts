import { z } from 'zod'
import { jsonSchema } from '../../contract/json.ts'

const milliseconds = z.int().min(0)

/** A piece of a stream: text, or bytes in base64 where they are none. */
const pieceSchema = z.union([
  z.strictObject({ afterMs: milliseconds, text: z.string() }),
  z.strictObject({ afterMs: milliseconds, base64: z.base64() }),
])

const recordedReplySchema = z.strictObject({
  status: z.int().min(100).max(599),
  /** Lower-case names; none that could tell whose account it was. */
  headers: z.record(z.string(), z.string()),
  /** From the request to the first byte of the answer. */
  latencyMs: milliseconds,
  body: z.union([z.string(), z.array(pieceSchema)]),
})

const recordedRequestSchema = z.strictObject({
  method: z.string().min(1),
  /** Path and query, without the values of the query. */
  path: z.string().startsWith('/', 'expected a path that starts with "/"'),
  /** Those that choose a version of the interface; no other is kept. */
  headers: z.record(z.string(), z.string()),
  /** The parsed JSON; text where it is none. */
  body: jsonSchema,
})

const recordedExchangeSchema = z.strictObject({ request: recordedRequestSchema, reply: recordedReplySchema })

/** A file of what a model's provider answered, in the order of the requests. */
export const modelCassetteSchema = z.strictObject({
  format: z.literal('shakedown model cassette 1'),
  /** Scheme, host and port of the provider. */
  origin: z.url({ protocol: /^https?$/, error: 'expected a URL of http or https' }),
  /** The day of the recording, `YYYY-MM-DD` in UTC. */
  recordedOn: z.iso.date(),
  exchanges: z.array(recordedExchangeSchema),
})

export type ModelCassette = z.output<typeof modelCassetteSchema>
export type RecordedExchange = z.output<typeof recordedExchangeSchema>
export type RecordedReply = z.output<typeof recordedReplySchema>
