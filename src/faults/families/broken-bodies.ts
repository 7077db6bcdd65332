import * as fc from 'fast-check'
import { z } from 'zod'
import type { BodyChunk, Reply, TransportFailure } from '../../wire/reply.ts'
import { isEventStream } from '../../wire/sse/event-stream-reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { bytesOf, framesIn } from './body-bytes.ts'
import { finishAt } from './stream-frames.ts'

const parameters = z.strictObject({
  afterBytes: z
    .int()
    .min(0)
    .max(100_000_000)
    .default(20)
    .describe('bytes of the body that come before; at most all but the last, and of a stream none that end it'),
})
const arbitrary = fc.record({ afterBytes: fc.constantFrom(0, 1, 20, 200, 2_000) })

const closed: TransportFailure = { failure: 'UND_ERR_SOCKET', message: 'other side closed' }

/** What breaks below HTTP inside the body of an answer: its work is done. */
export const brokenBodyMembers: readonly AnyMember[] = [
  broken({
    id: 'net.length',
    summary: 'the body is shorter than its content-length says',
    source: 'measured with Node fetch: TypeError "terminated", cause UND_ERR_SOCKET; node:http: aborted, ECONNRESET',
    change: (reply, afterBytes) => {
      if (isEventStream(reply)) return null
      const { 'transfer-encoding': _, ...headers } = reply.headers
      const length = String(bytesOf(reply))
      return { ...cut(reply, afterBytes, closed), headers: { ...headers, 'content-length': length } }
    },
  }),
  broken({
    id: 'net.limit_data',
    summary: 'the connection is closed once so many bytes of the body have come, frames or not',
    source: 'Toxiproxy limit_data; measured with Node fetch as net.length',
    change: (reply, afterBytes) => cut(reply, afterBytes, closed),
  }),
  broken({
    id: 'net.bad_chunk',
    summary: 'after so many bytes of the body comes a chunk whose size is no number',
    source: 'measured with Node fetch: "terminated", cause HTTPParserError; node:http: HPE_INVALID_CHUNK_SIZE',
    change: (reply, afterBytes) => {
      const { 'content-length': _, ...headers } = reply.headers
      const failure: TransportFailure = {
        failure: 'HPE_INVALID_CHUNK_SIZE',
        message: 'Invalid character in chunk size',
      }
      return { ...cut(reply, afterBytes, failure), headers: { ...headers, 'transfer-encoding': 'chunked' } }
    },
  }),
]

interface Broken extends Pick<AnyMember, 'id' | 'summary' | 'source'> {
  /** Breaks a body that has bytes; null where it cannot be broken so. */
  readonly change: (reply: Reply, afterBytes: number) => Reply | null
}

function broken({ change, ...described }: Broken): AnyMember {
  return defineMember({
    ...described,
    family: 'transport',
    targets: ['model', 'tool', 'mcp'],
    bookedOn: 'target',
    parameters,
    arbitrary,
    strike: (_call, { afterBytes }) => ({
      mayMiss: true,
      afterwards: (reply) => (bytesOf(reply) === 0 ? reply : (change(reply, afterBytes) ?? reply)),
    }),
  })
}

/** The first bytes of a reply, and then a failure: never all of what makes it whole. */
function cut(reply: Reply, afterBytes: number, ending: TransportFailure): Reply {
  const frames = framesIn(reply)
  const before = isEventStream(reply) ? frames.slice(0, finishAt(frames)) : frames
  const most = Math.min(afterBytes, lengthOf(before), bytesOf(reply) - 1)
  return { ...reply, body: firstBytes(before, most), ending }
}

function firstBytes(frames: readonly BodyChunk[], count: number): BodyChunk[] {
  const first: BodyChunk[] = []
  let left = count
  for (const { afterMs, bytes } of frames) {
    if (left <= 0) break
    first.push({ afterMs, bytes: bytes.slice(0, left) })
    left -= bytes.byteLength
  }
  return first
}

function lengthOf(frames: readonly BodyChunk[]): number {
  return frames.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
}
