import { dataFrame } from '../sse/server-sent-events.ts'
import type { StreamPace } from '../stream-pace.ts'
import { textDeltas } from '../openai/text-deltas.ts'
import type { BodyChunk } from '../reply.ts'
import type { ComposedMessage, Message, ToolUseBlock } from './message.ts'

/**
 * A message as the service streams it; each event a piece of the body.
 *
 * `message_start` with the message still empty, then each block with its start, its pieces and its stop, then
 * `message_delta` with the stop reason and the usage, and `message_stop`. One `ping` comes once the first block has
 * begun. Of a tool call the id and name come first, then an empty piece, then its arguments.
 * Source of the shape: docs.claude.com, "Streaming Messages"; @anthropic-ai/sdk 1 (`RawMessageStreamEvent`); order of
 * keys, and the space in the ping, as in streams recorded in public cassettes of 2026.
 */
export function messageEvents(
  { message, inputTexts }: ComposedMessage,
  { firstChunkMs = 0, perChunkMs = 15, tokensPerChunk = 1 }: StreamPace,
): BodyChunk[] {
  const encoder = new TextEncoder()
  const body: BodyChunk[] = []
  const frame = (afterMs: number, event: string, data: string): void => {
    body.push({ afterMs, bytes: encoder.encode(`event: ${event}\n${dataFrame(data)}`) })
  }
  const start = (afterMs: number, index: number, block: object): void => {
    const data = { type: 'content_block_start', index, content_block: block }
    frame(afterMs, data.type, JSON.stringify(data))
    if (index === 0) frame(0, 'ping', '{"type": "ping"}')
  }
  const delta = (afterMs: number, index: number, fields: object): void => {
    const data = { type: 'content_block_delta', index, delta: fields }
    frame(afterMs, data.type, JSON.stringify(data))
  }
  const stop = (index: number): void => frame(0, 'content_block_stop', `{"type":"content_block_stop","index":${index}}`)
  const toolUse = (index: number, block: ToolUseBlock, text: string): void => {
    start(perChunkMs, index, { ...block, input: {} })
    delta(0, index, { type: 'input_json_delta', partial_json: '' })
    for (const piece of textDeltas(text, tokensPerChunk)) {
      delta(perChunkMs, index, { type: 'input_json_delta', partial_json: piece })
    }
    stop(index)
  }

  frame(firstChunkMs, 'message_start', JSON.stringify({ type: 'message_start', message: begun(message) }))
  if (message.content.length === 0) frame(0, 'ping', '{"type": "ping"}')
  let calls = 0
  for (const [index, block] of message.content.entries()) {
    if (block.type === 'tool_use') {
      toolUse(index, block, inputTexts[calls++] ?? '')
      continue
    }
    start(0, index, { type: 'text', text: '' })
    for (const text of textDeltas(block.text, tokensPerChunk)) {
      delta(perChunkMs, index, { type: 'text_delta', text })
    }
    stop(index)
  }
  frame(perChunkMs, 'message_delta', JSON.stringify(messageDelta(message)))
  frame(0, 'message_stop', '{"type":"message_stop"}')
  return body
}

/** The message before its first token: what it will cost is not known yet. */
function begun(message: Message): object {
  const usage = { ...message.usage, output_tokens: Math.min(1, message.usage.output_tokens) }
  return { ...message, content: [], stop_reason: null, stop_sequence: null, stop_details: null, usage }
}

function messageDelta({ stop_reason, stop_sequence, stop_details, container, usage }: Message): object {
  return {
    type: 'message_delta',
    delta: { stop_reason, stop_sequence, stop_details, container },
    usage: {
      input_tokens: usage.input_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      output_tokens: usage.output_tokens,
      output_tokens_details: usage.output_tokens_details,
      server_tool_use: usage.server_tool_use,
    },
  }
}
