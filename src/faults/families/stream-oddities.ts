import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { BodyChunk } from '../../wire/reply.ts'
import { dataFrame, readServerSentEvents } from '../../wire/sse/server-sent-events.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'
import { misnumbering, misnumberings } from './misnumbered-calls.ts'
import { placeArbitrary, placeParameters } from './stream-cuts.ts'
import { type Frames, beginning, finishAt, frameOf, onFrames, onStream, textOf } from './stream-frames.ts'
import { withEvents } from './stream-events.ts'
import { chatOnly, numberedStreams, serverSentEvents } from './spoken-in.ts'

/** Half a day: longer than anybody waits. */
const forEverMs = 43_200_000
const numericCodes = [400, 429, 502] as const

/** Streams that hold what a client does not expect. */
export const streamOddityMembers: readonly AnyMember[] = [
  odd({
    id: 'sse.error.chunk+error',
    dialects: chatOnly,
    summary: 'after so many frames an ordinary chunk without choices that holds an error, then [DONE]',
    source: 'diegosouzapw/OmniRoute#8210: a client that looks at choices alone takes it for an empty success',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onStream(call, (frames) => {
        const error = { message: 'Upstream error: the provider is overloaded', type: 'server_error', code: null }
        const chunk = { ...firstEvent(frames), choices: [], error }
        return [...beginning(frames, afterFrames), dataOf(chunk), frameOf(dataFrame('[DONE]'))]
      }),
  }),
  odd({
    id: 'sse.error.numeric',
    dialects: chatOnly,
    summary: 'after so many frames an error frame whose code is a number, then [DONE]',
    source: 'vercel/ai openai-chat-language-model.test.ts; OpenRouter puts the status of its provider there',
    parameters: z.strictObject({
      ...placeParameters.shape,
      code: z
        .union([z.literal(400), z.literal(429), z.literal(502)])
        .default(502)
        .describe('the code of the error'),
    }),
    arbitrary: fc
      .record({ place: placeArbitrary, code: fc.constantFrom(...numericCodes) })
      .map(({ place, code }) => ({ ...place, code })),
    strike: (call, { afterFrames, code }) =>
      onStream(call, (frames) => [
        ...beginning(frames, afterFrames),
        dataOf({ error: { message: 'Provider returned error', code } }),
        frameOf(dataFrame('[DONE]')),
      ]),
  }),
  odd({
    id: 'sse.partial_json',
    dialects: numberedStreams,
    summary: 'the frame after so many others is cut in the middle of its JSON, and the next ones are good',
    source: 'LLMock; openai-node 7 core/streaming.ts raises a SyntaxError',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onStream(call, (frames) => {
        const before = beginning(frames, afterFrames)
        const [cut, ...rest] = frames.slice(before.length)
        return cut === undefined ? null : [...before, halfOf(cut), ...rest]
      }),
  }),
  odd({
    id: 'sse.reorder',
    isUnnoticeable: true,
    summary: 'the two frames after so many others come in the wrong order',
    source: 'llmposter; a proxy that sends frames on in parallel',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onFrames(call, (frames) => {
        // The first frame stays first: an order that dialects forbid is another fault.
        const at = Math.max(1, Math.min(afterFrames, finishAt(frames) - 2))
        const [one, other] = [frames[at], frames[at + 1]]
        if (one === undefined || other === undefined || at + 1 >= finishAt(frames)) return null
        if (textOf(one.bytes) === textOf(other.bytes)) return null
        const swapped = [
          { ...other, afterMs: one.afterMs },
          { ...one, afterMs: other.afterMs },
        ]
        return [...frames.slice(0, at), ...swapped, ...frames.slice(at + 2)]
      }),
  }),
  odd({
    id: 'sse.unknown_event',
    dialects: numberedStreams,
    summary: 'after so many frames an event of a type that nobody knows, then the rest: it must be ignored',
    source: 'docs.claude.com, "Streaming Messages": new event types may be added; gateways send pings of their own',
    parameters: placeParameters,
    arbitrary: placeArbitrary,
    strike: (call, { afterFrames }) =>
      onStream(call, (frames) => {
        const before = beginning(frames, afterFrames)
        const type = 'provider.heartbeat'
        const event = frameOf(`event: ${type}\n${dataFrame(JSON.stringify({ type, at: before.length }))}`)
        return [...before, event, ...frames.slice(before.length)]
      }),
  }),
  odd({
    id: 'sse.ping',
    dialects: serverSentEvents,
    summary: 'after so many frames nothing but signs of life, everyMs apart, for ever: bytes come, but no reply',
    source: 'stall reports against timeouts that any byte feeds; docs.claude.com for the ping',
    parameters: z.strictObject({
      ...placeParameters.shape,
      everyMs: z.int().min(1_000).max(3_600_000).default(15_000).describe('milliseconds between two of them'),
    }),
    arbitrary: fc
      .record({ place: placeArbitrary, everyMs: fc.constantFrom(60_000, 15_000, 5_000) })
      .map(({ place, everyMs }) => ({ ...place, everyMs })),
    strike: (call, { afterFrames, everyMs }) =>
      onStream(call, (frames, reply) => {
        const sign =
          call.upstream.dialect === 'anthropic.messages' ? 'event: ping\ndata: {"type": "ping"}\n\n' : ':\n\n'
        const signs = new Array<BodyChunk>(Math.ceil(forEverMs / everyMs)).fill(frameOf(sign, everyMs))
        return { ...reply, body: [...beginning(frames, afterFrames), ...signs], ending: { silence: true } }
      }),
  }),
  odd({
    id: 'sse.bad_gzip',
    summary: 'the headers say gzip, and the bytes are plain',
    source: 'measured with Node fetch: TypeError "terminated", cause Z_DATA_ERROR "incorrect header check"',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: (call) =>
      onFrames(call, (_frames, reply) => ({ ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' } })),
  }),
  odd({
    id: 'tool.index',
    dialects: numberedStreams,
    summary:
      'the pieces of a tool call have no index, the wrong one, or an identifier that changes between them; of Anthropic, whose blocks are identified where they start, the block starts twice',
    source: 'OpenAI-compatible providers leave the index out; reports against clients that trust the identifier',
    parameters: z.strictObject({ form: z.enum(misnumberings).default('missing').describe('what is wrong') }),
    arbitrary: fc.record({ form: fc.constantFrom(...misnumberings) }),
    strike: (call, { form }) =>
      onStream(call, (frames) => withEvents(frames, misnumbering(form, call.upstream.dialect))),
  }),
]

type Odd<Parameters extends JsonObject> = Pick<
  CatalogueMember<Parameters>,
  'id' | 'summary' | 'source' | 'parameters' | 'arbitrary' | 'dialects' | 'isUnnoticeable' | 'strike'
>

function odd<Parameters extends JsonObject>(member: Odd<Parameters>): AnyMember {
  return defineMember({ ...member, family: 'streams', targets: ['model'], bookedOn: 'provider' })
}

function dataOf(event: JsonObject): BodyChunk {
  return frameOf(dataFrame(JSON.stringify(event)))
}

/** The first event of a stream, whose fields the others share. */
function firstEvent([first]: Frames): JsonObject {
  const [event] = first === undefined ? [] : readServerSentEvents(textOf(first.bytes))
  const read = jsonObjectSchema.safeParse(event === undefined ? {} : JSON.parse(event.data))
  return read.success ? read.data : {}
}

/** A frame that ends in the middle of its data. */
function halfOf({ afterMs, bytes }: BodyChunk): BodyChunk {
  const text = textOf(bytes).trimEnd()
  const dataAt = text.indexOf('data:')
  return frameOf(`${text.slice(0, dataAt + Math.ceil((text.length - dataAt) / 2))}\n\n`, afterMs)
}
