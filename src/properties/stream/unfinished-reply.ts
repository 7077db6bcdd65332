import type { ModelReplyView, RequestAborted, RequestFailed, ResponseEnd } from '../../contract/event.ts'
import { inSeconds } from '../virtual-time.ts'

/** The end of a model call, in whatever way. */
export type ModelEnd = ResponseEnd | RequestFailed | RequestAborted

/** What had come of a streamed reply that never became whole. */
export interface UnfinishedReply {
  readonly call: number
  readonly at: number
  readonly reply: ModelReplyView
  /** How it ended: by an error that the stream itself told, or cut without a word. */
  readonly by: 'error frame' | 'cut'
  /** The whole body, where the connection brought it to its end. */
  readonly body: string | null
}

/** The unfinished reply that a call ended with; null where it was whole, or nothing had come of it. */
export function unfinishedReply(event: ModelEnd): UnfinishedReply | null {
  const { call, at, partial } = event
  if (event.kind !== 'model' || partial === null) return null
  const body = event.type === 'response.end' ? event.body : null
  if (body !== null && event.class === 'failure') return { call, at, reply: partial, by: 'error frame', body }
  // With a finish reason the reply is whole, whatever became of the connection afterwards.
  return partial.finishReason === '' ? { call, at, reply: partial, by: 'cut', body } : null
}

/** How an unfinished reply ended, as the rest of the sentence "the stream of call 3". */
export function unfinishedWords({ at, by }: UnfinishedReply): string {
  return by === 'cut' ? `ended at ${inSeconds(at)} without ever becoming whole` : `told of an error at ${inSeconds(at)}`
}
