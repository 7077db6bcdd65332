import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { dataFrame } from '../../wire/sse/server-sent-events.ts'
import type { Dialect } from '../../wire/dialect.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { type AnyMember, type CatalogueMember, type Draw, type Effect, defineMember } from '../catalogue-member.ts'
import { reframed, splitCharacters } from './reframing.ts'
import { placeArbitrary, placeParameters } from './stream-cuts.ts'
import { type Frames, beginning, doneAt, finishAt, frameOf, onFrames, onStream } from './stream-frames.ts'
import { chatOnly, numberedStreams, serverSentEvents } from './spoken-in.ts'

const none = z.strictObject({})
const durationMs = z.int().min(1).max(3_600_000)
const moreMs = z.int().min(0).max(3_600_000).default(0)

const serverError = {
  error: {
    message:
      'The server had an error processing your request. Sorry about that! You can retry your request, or contact us through our help center at help.openai.com if you keep seeing this error.',
    type: 'server_error',
    param: null,
    code: null,
  },
}
/** What the events are called that carry a piece of text, where they have names: clients skip one without. */
const deltaNames: Partial<Readonly<Record<Dialect, string>>> = {
  'openai.responses': 'response.output_text.delta',
  'anthropic.messages': 'content_block_delta',
}
const keepAlive = ': keep-alive\n\n'

/** Streams that come slowly, in other pieces, or say what they should not. */
export const streamChangeMembers: readonly AnyMember[] = [
  change({
    id: 'sse.slow_first',
    summary: 'the first frame comes ms after the headers',
    source: 'time to first token under load; agent-chaos slow_ttft',
    parameters: z.strictObject({ ms: durationMs.default(8_000).describe('milliseconds') }),
    arbitrary: fc.record({ ms: fc.constantFrom(500, 2_000, 8_000, 30_000) }),
    strike: (call, { ms }) =>
      onFrames(call, (frames) => frames.map((frame, index) => (index === 0 ? later(frame, ms) : frame))),
  }),
  change({
    id: 'sse.slow_tokens',
    summary:
      'each frame after the first comes ms later than it would after the one before, or ever later, or by chance',
    source: 'agent-chaos slow_tokens: delay, jitter, degrading',
    parameters: z.strictObject({
      ms: durationMs.default(500).describe('milliseconds'),
      jitterMs: moreMs.describe('milliseconds more at most, drawn for each frame'),
      slowerByMs: moreMs.describe('milliseconds more for each frame than for the one before'),
    }),
    arbitrary: fc.record({
      ms: fc.constantFrom(50, 500, 2_000),
      jitterMs: fc.constantFrom(0, 100, 1_000),
      slowerByMs: fc.constantFrom(0, 5, 50),
    }),
    strike: (call, { ms, jitterMs, slowerByMs }, draw) =>
      onFrames(call, (frames) =>
        frames.map((frame, index) => {
          if (index === 0) return frame
          const byChanceMs = jitterMs === 0 ? 0 : Math.round(draw(`frame ${index}`) * jitterMs)
          return later(frame, ms + byChanceMs + (index - 1) * slowerByMs)
        }),
      ),
  }),
  change({
    id: 'sse.error.openai.chat',
    dialects: chatOnly,
    summary: 'after so many frames an error frame, then [DONE], under the status 200',
    source: 'vercel/ai openai-chat-language-model.test.ts; goose#8027, guidellm#795',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onStream(call, (frames) => [
        ...beginning(frames, afterFrames),
        frameOf(dataFrame(JSON.stringify(serverError))),
        frameOf(dataFrame('[DONE]')),
      ]),
  }),
  change({
    id: 'sse.malformed',
    dialects: numberedStreams,
    summary: 'after so many frames one that is no JSON, then the rest',
    source: 'vercel/ai openai-chat-language-model.test.ts; both SDKs parse the data of every event that they know',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onStream(call, (frames) => {
        const { dialect = 'openai.chat' } = call.upstream
        const name = deltaNames[dialect]
        const lines = `${name === undefined ? '' : `event: ${name}\n`}${dataFrame('{unparsable}')}`
        return inserted(frames, afterFrames, [frameOf(lines)])
      }),
  }),
  change({
    id: 'sse.frames.split',
    dialects: serverSentEvents,
    summary: 'the same stream in pieces of other sizes, and with another line end: it says the same',
    source: 'HTML Living Standard section 9.2.6 for the line ends; Toxiproxy slicer',
    parameters: z.strictObject({
      pieceBytes: z.int().min(1).default(7).describe('bytes of a piece at most'),
      framesTogether: z.int().min(1).default(1).describe('frames that come in one piece'),
      lineEnd: z.enum(['lf', 'crlf', 'cr']).default('lf').describe('how lines end'),
    }),
    arbitrary: fc.record({
      pieceBytes: fc.constantFrom(100_000, 100, 7),
      framesTogether: fc.constantFrom(1, 2, 5),
      lineEnd: fc.constantFrom('lf', 'crlf', 'cr'),
    }),
    strike: (call, framing) => travelling(onStream(call, (frames) => reframed(frames, framing))),
  }),
  change({
    id: 'sse.utf8.split',
    dialects: serverSentEvents,
    summary: 'each character of more than one byte comes in two pieces',
    source: 'measured with Node fetch: pieces decoded one by one give replacement characters',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => travelling(onStream(call, splitCharacters)),
  }),
  change({
    id: 'sse.dup',
    isUnnoticeable: true,
    summary: 'the frame after so many others comes twice',
    source: 'llmposter duplicate_frames',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onFrames(call, (frames) => {
        const at = beginning(frames, afterFrames).length
        return inserted(frames, at, frames.slice(at, at + 1))
      }),
  }),
  change({
    id: 'sse.done_then_more',
    dialects: chatOnly,
    summary: 'after [DONE] comes one more frame of the reply: it must be ignored',
    source: 'openai-node 7 core/streaming.ts stops at [DONE]',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      onStream(call, (frames) => {
        const last = frames[finishAt(frames) - 1]
        return doneAt(frames) < 0 || last === undefined ? null : [...frames, last]
      }),
  }),
  change({
    id: 'sse.comment',
    dialects: serverSentEvents,
    summary: 'after so many frames nothing but keep-alive comments, count of them everyMs apart, then the rest',
    source: 'HTML Living Standard section 9.2.7; stall reports against timeouts that any byte feeds',
    parameters: z.strictObject({
      ...placeParameters.shape,
      count: z.int().min(1).max(1_000).default(4).describe('comments'),
      everyMs: durationMs.default(15_000).describe('milliseconds before each comment'),
    }),
    arbitrary: fc.record({
      afterFrames: fc.integer({ min: 0, max: 16 }),
      count: fc.constantFrom(1, 4, 20),
      everyMs: fc.constantFrom(1_000, 15_000),
    }),
    strike: (call, { afterFrames, count, everyMs }) =>
      onStream(call, (frames) =>
        inserted(
          frames,
          afterFrames,
          Array.from({ length: count }, () => frameOf(keepAlive, everyMs)),
        ),
      ),
  }),
]

type StreamChange<Parameters extends JsonObject> = Pick<
  CatalogueMember<Parameters>,
  'id' | 'summary' | 'source' | 'parameters' | 'arbitrary' | 'dialects' | 'isUnnoticeable'
> & { readonly strike: (call: UpstreamCall, parameters: Parameters, draw: Draw) => Effect | null }

function change<Parameters extends JsonObject>(member: StreamChange<Parameters>): AnyMember {
  return defineMember({ ...member, family: 'streams', targets: ['model'], bookedOn: 'provider' })
}

/** Marks a change of how a stream travels, which goes together with a change of what it says. */
function travelling(effect: Effect | null): Effect | null {
  return effect === null ? null : { ...effect, goesWithOthers: true }
}

function inserted(frames: Frames, afterFrames: number, more: Frames): Frames {
  const before = beginning(frames, afterFrames)
  return [...before, ...more, ...frames.slice(before.length)]
}

function later({ afterMs, bytes }: Frames[number], ms: number): Frames[number] {
  return { afterMs: afterMs + ms, bytes }
}
