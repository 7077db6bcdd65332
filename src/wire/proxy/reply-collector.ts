import { realClock } from '../../simulation/real-clock.ts'
import { bodyReader } from './body-extent.ts'
import { type BodyReader, MalformedBody } from './body-reader.ts'
import type { ByteSource } from './byte-source.ts'
import { readHead } from './message-head.ts'
import { type ResponseHead, parseResponseHead, responseExtent } from './response-head.ts'
import type { TimedBytes } from './sse-frames.ts'

/** The most bytes of a head that the upstream may send. */
export const maxResponseHeadBytes = 256 * 1024
/** The most bytes of a reply that is held back to be changed; a longer one goes through as it is. */
const maxHeldBytes = 64 * 1024 * 1024

/** A reply that was held back. */
export interface CollectedReply {
  /** Every byte of it as it came. */
  readonly raw: readonly Buffer[]
  readonly head: ResponseHead | null
  /** When the head came, in real milliseconds. */
  readonly startedMs: number
  /** The content, without its framing. */
  readonly pieces: readonly TimedBytes[]
  /** Whether it is whole; else the upstream broke off, spoke no HTTP, or the reply is too long to be held back. */
  readonly how: 'whole' | 'closed' | 'lost' | 'switched' | 'no http' | 'too long'
  /** Whether it ends with the connection. */
  readonly isClosing: boolean
  /** Follows the rest of one that is too long. */
  readonly body: BodyReader
}

/**
 * Reads a whole reply.
 *
 * @param onInterim told of answers before the final one, which the client gets at once
 */
export async function collectReply(
  upstream: ByteSource,
  method: string,
  onInterim: (status: number, bytes: Buffer) => Promise<void>,
): Promise<CollectedReply> {
  const raw: Buffer[] = []
  const pieces: TimedBytes[] = []
  let head: ResponseHead | null = null
  let startedMs = 0
  let body = bodyReader('until close')
  let isClosing = false
  const collected = (how: CollectedReply['how']): CollectedReply => {
    return { raw, head, startedMs, pieces, how, isClosing, body }
  }
  try {
    do {
      const read = await readHead(upstream, maxResponseHeadBytes)
      head = read.how === 'whole' ? parseResponseHead(read.bytes) : null
      if (head === null || head.status >= 200 || head.status === 101) raw.push(read.bytes)
      else await onInterim(head.status, read.bytes)
      if (head === null) return collected(read.how === 'ended' ? 'closed' : 'no http')
    } while (head.status < 200 && head.status !== 101)
    startedMs = realClock.monotonicMs()
    if (head.status === 101) return collected('switched')
    const extent = responseExtent(head, method)
    body = bodyReader(extent)
    isClosing = extent === 'until close'
    for (let bytes = 0; !body.isDone;) {
      const part = await upstream.read()
      if (part === null) return collected(isClosing ? 'whole' : 'closed')
      const { taken, data } = body.take(part)
      upstream.unread(part.subarray(taken))
      raw.push(part.subarray(0, taken))
      const atMs = realClock.monotonicMs()
      for (const piece of data) pieces.push({ atMs, bytes: piece })
      bytes += taken
      if (bytes > maxHeldBytes) return collected('too long')
    }
    return collected('whole')
  } catch (error) {
    if (!(error instanceof MalformedBody)) return collected('lost')
    body = bodyReader('until close')
    return collected('no http')
  }
}
