import type { JsonObject } from '../../contract/json.ts'
import type { StreamPace } from '../stream-pace.ts'
import { textDeltas } from '../openai/text-deltas.ts'
import type { BodyChunk } from '../reply.ts'
import type { ComposedConverse } from './converse-response.ts'
import { eventFrame } from './event-stream.ts'

const padding = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * A reply as the service streams it; each event a piece of the body.
 *
 * `messageStart`, then each block: of a tool call the start with its id and name, of a text none; its pieces; its stop.
 * Then `messageStop` with the reason, and `metadata` with the usage. Every event has a `p` of some letters, so that an
 * observer of encrypted traffic cannot tell pieces apart.
 * Source of the shape: docs.aws.amazon.com, Amazon Bedrock API reference ("ConverseStream"); the padding as in streams
 * recorded in public issue threads.
 */
export function converseEvents(
  { text, calls, stopReason, usage, latencyMs }: ComposedConverse,
  { firstChunkMs = 0, perChunkMs = 15, tokensPerChunk = 1 }: StreamPace,
): BodyChunk[] {
  const body: BodyChunk[] = []
  const event = (afterMs: number, name: string, payload: JsonObject): void => {
    const length = 4 + ((body.length * 7) % (padding.length - 4))
    body.push({ afterMs, bytes: eventFrame(name, { ...payload, p: padding.slice(0, length) }) })
  }
  event(firstChunkMs, 'messageStart', { role: 'assistant' })
  let contentBlockIndex = 0
  if (text !== '') {
    for (const piece of textDeltas(text, tokensPerChunk)) {
      event(perChunkMs, 'contentBlockDelta', { contentBlockIndex, delta: { text: piece } })
    }
    event(0, 'contentBlockStop', { contentBlockIndex })
    contentBlockIndex++
  }
  for (const { toolUseId, name, inputText } of calls) {
    event(perChunkMs, 'contentBlockStart', { contentBlockIndex, start: { toolUse: { name, toolUseId } } })
    for (const input of textDeltas(inputText, tokensPerChunk)) {
      event(perChunkMs, 'contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input } } })
    }
    event(0, 'contentBlockStop', { contentBlockIndex })
    contentBlockIndex++
  }
  event(perChunkMs, 'messageStop', { stopReason })
  event(0, 'metadata', { metrics: { latencyMs }, usage })
  return body
}
