import type { BodyChunk, Reply } from '../reply.ts'

/** A reply in pieces with the headers of a provider's streams. */
export function eventStreamReply(body: readonly BodyChunk[], headers: Readonly<Record<string, string>>): Reply {
  const type = { 'content-type': 'text/event-stream; charset=utf-8', 'transfer-encoding': 'chunked' }
  return { status: 200, headers: { ...type, ...headers }, body }
}

/** Whether a reply is a stream of server-sent events, in pieces or not. */
export function isEventStream({ headers }: Reply): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true
}
