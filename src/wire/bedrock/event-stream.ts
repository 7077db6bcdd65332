import type { JsonObject } from '../../contract/json.ts'
import type { BodyChunk, Reply } from '../reply.ts'
import { encodeMessage } from './event-stream-frames.ts'

const type = 'application/vnd.amazon.eventstream'

/** A reply in pieces as the service streams it. */
export function amazonStreamReply(body: readonly BodyChunk[], headers: Readonly<Record<string, string>>): Reply {
  return { status: 200, headers: { 'content-type': type, 'transfer-encoding': 'chunked', ...headers }, body }
}

/** Whether a reply is a stream of Amazon's, in pieces or not. */
export function isAmazonStream({ headers }: Pick<Reply, 'headers'>): boolean {
  return headers['content-type']?.startsWith(type) === true
}

/** An event of a stream. */
export function eventFrame(name: string, payload: JsonObject): Uint8Array {
  const headers = { ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' }
  return encodeMessage({ headers, payload: JSON.stringify(payload) })
}

/** An exception in a stream, which is its last word. */
export function exceptionFrame(name: string, message: string): Uint8Array {
  const headers = { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' }
  return encodeMessage({ headers, payload: JSON.stringify({ message }) })
}
