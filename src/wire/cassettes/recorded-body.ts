import { isUtf8 } from 'node:buffer'
import type { Json } from '../../contract/json.ts'
import type { Reply } from '../reply.ts'
import type { RecordedReply } from './model-cassette-schema.ts'
import type { Redact } from './redact-secrets.ts'

/** A request's body as a cassette holds it and compares it: parsed where it is JSON, without secrets. */
export function recordedRequestBody(body: string, redact: Redact): Json {
  const text = redact(body)
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/**
 * A reply's body as a cassette holds it, without secrets; pieces keep their times.
 *
 * A secret that is cut by a frame's end stays: no provider cuts what it repeats of a request inside one token.
 */
export function recordedReplyBody(body: Reply['body'], redact: Redact): RecordedReply['body'] {
  if (typeof body === 'string') return redact(body)
  return body.map(({ afterMs, bytes }) =>
    isUtf8(bytes)
      ? { afterMs, text: redact(Buffer.from(bytes).toString()) }
      : { afterMs, base64: Buffer.from(bytes).toString('base64') },
  )
}

/** The body as it is delivered again. */
export function replayedBody(body: RecordedReply['body']): Reply['body'] {
  if (typeof body === 'string') return body
  return body.map((piece) => ({
    afterMs: piece.afterMs,
    bytes: 'text' in piece ? Buffer.from(piece.text) : Buffer.from(piece.base64, 'base64'),
  }))
}
