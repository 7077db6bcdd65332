import * as fc from 'fast-check'
import { z } from 'zod'
import type { Reply } from '../../wire/reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { type Frames, beginning, doneAt, onFrames, onStream } from './stream-frames.ts'
import { chatOnly } from './spoken-in.ts'

const family = 'streams'
const targets = ['model'] as const
const bookedOn = 'provider'

/** Where a stream breaks: after so many whole frames, the role among them; at the latest before the finish reason. */
export const placeParameters = z.strictObject({
  afterFrames: z
    .int()
    .min(0)
    .max(100_000)
    .default(2)
    .describe('whole frames before it, the role among them; at most as many as come before the finish reason'),
})
/** Small numbers, so that short replies are cut inside too, and inside the arguments of a tool call. */
export const placeArbitrary = fc.record({ afterFrames: fc.integer({ min: 0, max: 16 }) })

const measured = 'measured with Node fetch'

/** Streams that end too early, or never. */
export const streamCutMembers: readonly AnyMember[] = [
  cut(
    'sse.cut.chunked',
    'the connection is closed in the middle of a chunked body: the client gets "terminated", other side closed',
    `${measured}: TypeError "terminated", cause UND_ERR_SOCKET`,
    (reply, body) => ({ ...reply, body, ending: { failure: 'UND_ERR_SOCKET', message: 'other side closed' } }),
  ),
  cut(
    'sse.cut.reset',
    'the connection is reset in the middle of the body: the client gets "terminated", ECONNRESET',
    `${measured}: TypeError "terminated", cause ECONNRESET`,
    (reply, body) => ({ ...reply, body, ending: { failure: 'ECONNRESET', message: 'read ECONNRESET' } }),
  ),
  cut(
    'sse.cut.close',
    'a body that only the end of the connection delimits is closed inside a frame: a clean end for fetch',
    `${measured}: no error at all; openai-node 7.57 finds half a frame at the end, older versions nothing`,
    ({ status, headers: { 'transfer-encoding': _, ...headers } }, body, rest) => ({
      status,
      headers: { ...headers, connection: 'close' },
      body: [...body, ...rest.slice(0, 1).map(firstHalf)],
    }),
  ),
  cut(
    'sse.cut.clean',
    'the body ends properly without finish reason and [DONE]: a clean end for the client',
    'openai-node 7: core/streaming.ts accepts it, ChatCompletionStream.ts misses the finish_reason',
    (reply, body) => ({ ...reply, body }),
  ),
  cut(
    'sse.stall',
    'the stream falls silent with the connection open: only a timeout of the caller ends it',
    'earendil-works/pi#8331; the timeout of openai-node 7 does not cover the body',
    (reply, body) => ({ ...reply, body, ending: { silence: true } }),
  ),
  defineMember({
    id: 'sse.nodone',
    family,
    targets,
    dialects: chatOnly,
    bookedOn,
    summary: 'the stream is whole but for its [DONE], as some providers send it: it must be accepted',
    source: 'OpenAI-compatible providers; the Chat Completions reference calls [DONE] the end of the stream',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: (call) => onStream(call, (frames) => (doneAt(frames) < 0 ? null : frames.slice(0, doneAt(frames)))),
  }),
]

function cut(
  id: string,
  summary: string,
  source: string,
  end: (reply: Reply, body: Frames, rest: Frames) => Reply,
): AnyMember {
  return defineMember({
    id,
    family,
    targets,
    bookedOn,
    summary: `after so many frames ${summary}`,
    source,
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onFrames(call, (frames, reply) => {
        const body = beginning(frames, afterFrames)
        return end(reply, body, frames.slice(body.length))
      }),
  })
}

function firstHalf({ afterMs, bytes }: Frames[number]): Frames[number] {
  return { afterMs, bytes: bytes.slice(0, Math.floor(bytes.length / 2)) }
}
