import { dataFrame } from '../sse/server-sent-events.ts'
import type { BodyChunk } from '../reply.ts'
import type { StreamPace } from '../stream-pace.ts'
import type { Completion } from './chat-completion.ts'
import { textDeltas } from './text-deltas.ts'

/** What a request says of the stream that it wants. */
export interface StreamOptions {
  readonly include_usage?: boolean | null | undefined
  readonly include_obfuscation?: boolean | null | undefined
}

const obfuscationLetters = 'aZ3kQ9xLw0RtYb7VnE5cJ1uG'
const obfuscatedTo = 24

/**
 * A completion as the service streams it: the role, the text or the tool calls in pieces, the finish reason, the usage
 * where it was asked for, and `[DONE]`; each frame a piece of the body.
 *
 * Of a tool call comes first its id and name, then its arguments. Identifier and time are the same in every chunk.
 * Source of the shape: openai-node 7 (`ChatCompletionChunk`, `ChatCompletionStreamOptions`); the order of keys as in
 * the recorded chunks of vercel/ai (`packages/openai/src/chat/__fixtures__`).
 */
export function chatChunks(
  completion: Completion,
  { include_usage: hasUsage, include_obfuscation: isObfuscated }: StreamOptions,
  { firstChunkMs = 0, perChunkMs = 15, tokensPerChunk = 1 }: StreamPace,
): BodyChunk[] {
  const encoder = new TextEncoder()
  const { id, created, model, choices, usage } = completion
  const [{ message, finish_reason: finishReason }] = choices
  const head = `{"id":"${id}","object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"service_tier":"default","system_fingerprint":null,"choices":`
  const tail = hasUsage === true ? ',"usage":null' : ''
  const body: BodyChunk[] = []
  const frame = (afterMs: number, data: string): void => {
    body.push({ afterMs, bytes: encoder.encode(dataFrame(data)) })
  }
  const chunk = (afterMs: number, delta: string, finish = 'null', letters = 0): void => {
    const padding = isObfuscated === false ? '' : `,"obfuscation":"${obfuscation(letters)}"`
    const choice = `[{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${finish}}]`
    frame(afterMs, `${head}${choice}${tail}${padding}}`)
  }
  const pieces = (text: string, delta: (quoted: string) => string): void => {
    for (const piece of textDeltas(text, tokensPerChunk)) {
      chunk(perChunkMs, delta(JSON.stringify(piece)), 'null', piece.length)
    }
  }

  chunk(firstChunkMs, `{"role":"assistant","content":${message.content === null ? 'null' : '""'},"refusal":null}`)
  pieces(message.content ?? '', (quoted) => `{"content":${quoted}}`)
  pieces(message.refusal ?? '', (quoted) => `{"refusal":${quoted}}`)
  for (const [index, { id: call, function: called }] of (message.tool_calls ?? []).entries()) {
    const first = { index, id: call, type: 'function', function: { name: called.name, arguments: '' } }
    chunk(perChunkMs, `{"tool_calls":[${JSON.stringify(first)}]}`, 'null', called.name.length)
    pieces(called.arguments, (quoted) => `{"tool_calls":[{"index":${index},"function":{"arguments":${quoted}}}]}`)
  }
  chunk(perChunkMs, '{}', JSON.stringify(finishReason))
  if (hasUsage === true) frame(0, `${head}[],"usage":${JSON.stringify(usage)}}`)
  frame(0, '[DONE]')
  return body
}

/** Letters that bring a piece to one length, so that an observer of encrypted traffic cannot tell pieces apart. */
function obfuscation(letters: number): string {
  return obfuscationLetters.slice(0, obfuscatedTo - (letters % obfuscatedTo))
}
