import type { UpstreamCall } from '../../wire/interference.ts'
import type { Answer, BodyChunk, Reply } from '../../wire/reply.ts'
import { isAmazonStream } from '../../wire/bedrock/event-stream.ts'
import { isEventStream } from '../../wire/sse/event-stream-reply.ts'
import { dataFrame } from '../../wire/sse/server-sent-events.ts'
import type { Effect } from '../catalogue-member.ts'

/** The frames of a stream, each a piece of the body with its time. */
export type Frames = readonly BodyChunk[]

/** What becomes of a stream: its frames anew, or the whole reply; null where there is nothing to change. */
type Change = (frames: Frames, reply: Reply) => Frames | Reply | null

const doneFrame = dataFrame('[DONE]')

/** A frame, or whatever else stands in a stream, `afterMs` after the piece before. */
export function frameOf(text: string, afterMs = 0): BodyChunk {
  return { afterMs, bytes: new TextEncoder().encode(text) }
}

/** Changes the server-sent events that a call is answered with; a call whose reply is not streamed is not struck. */
export function onStream(call: UpstreamCall, change: Change): Effect | null {
  return onStreamThat(isEventStream, call, change)
}

/** Changes the frames of a stream as a whole, and so those of Amazon's binary streams too. */
export function onFrames(call: UpstreamCall, change: Change): Effect | null {
  return onStreamThat((reply) => isEventStream(reply) || isAmazonStream(reply), call, change)
}

function onStreamThat(isOne: (reply: Reply) => boolean, call: UpstreamCall, change: Change): Effect | null {
  if (call.view.model?.stream !== true) return null
  return { mayMiss: true, afterwards: (reply) => (isOne(reply) ? changed(reply, change) : reply) }
}

function changed(reply: Reply, change: Change): Answer {
  if (typeof reply.body === 'string') return reply
  const result = change(reply.body, reply)
  if (result === null) return reply
  return 'status' in result ? result : { ...reply, body: result }
}

/**
 * The first frames of a stream: as many as are asked for, but never the one with the finish reason, so that a stream
 * which is cut behind them is one that never became whole.
 */
export function beginning(frames: Frames, count: number): Frames {
  return frames.slice(0, Math.min(count, finishAt(frames)))
}

/**
 * The frame from which on a reply is whole: chat's finish reason and Gemini's, Anthropic's stop reason and Bedrock's, the
 * end of a response.
 */
const finishing =
  // Bedrock's frames are binary: the length of the name stands before it.
  /:event-type\u0007\u0000\u000bmessageStop|"finish_reason":"|"finishReason": ?"[A-Z_]+"|^event: (?:message_delta|response\.(?:completed|incomplete))\r?\n/

/** Where the frame stands that makes the reply whole; behind the last where there is none. */
export function finishAt(frames: Frames): number {
  // A quote inside a text of the model is escaped, and an event's name stands first: this is found in no other place.
  const index = frames.findIndex(({ bytes }) => finishing.test(textOf(bytes)))
  return index < 0 ? frames.length : index
}

/** Where `[DONE]` stands; −1 where it does not. */
export function doneAt(frames: Frames): number {
  return frames.findIndex(({ bytes }) => textOf(bytes) === doneFrame)
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
