import { z } from 'zod'
import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import type { ReplyView } from '../upstream.ts'
import { readMessages } from './event-stream-frames.ts'

const block = z.looseObject({
  text: z.string().optional(),
  toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: z.json() }).optional(),
})
const responseSchema = z.looseObject({
  output: z.looseObject({ message: z.looseObject({ content: z.array(block) }) }),
  stopReason: z.string(),
})

/** Reads a whole response back from its text, for the trace; null where the body is none. */
export function readConverse(body: string): ModelReplyView | null {
  const read = responseSchema.safeParse(parse(body))
  if (!read.success) return null
  const { content } = read.data.output.message
  const texts = content.flatMap(({ text }) => text ?? [])
  const toolCalls = content.flatMap(({ toolUse }): ToolCall[] => {
    if (toolUse === undefined) return []
    const { toolUseId: id, name, input } = toolUse
    return [{ id, name, arguments: typeof input === 'string' ? input : JSON.stringify(input) }]
  })
  return { content: texts.length === 0 ? null : texts.join(''), finishReason: read.data.stopReason, toolCalls }
}

const eventSchema = z.looseObject({
  contentBlockIndex: z.number().optional(),
  start: z.looseObject({ toolUse: z.looseObject({ toolUseId: z.string(), name: z.string() }).optional() }).optional(),
  delta: z
    .looseObject({ text: z.string().optional(), toolUse: z.looseObject({ input: z.string() }).optional() })
    .optional(),
  stopReason: z.string().optional(),
})

/** A reply as far as its events have told it. */
class StreamedReply {
  content: string | null = null
  finishReason = ''
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>()

  add({ contentBlockIndex: index = 0, start, delta, stopReason }: z.output<typeof eventSchema>): void {
    if (stopReason !== undefined) this.finishReason = stopReason
    const begun = start?.toolUse
    if (begun !== undefined) this.#calls.set(index, { id: begun.toolUseId, name: begun.name, arguments: '' })
    if (delta?.text !== undefined) this.content = (this.content ?? '') + delta.text
    const call = this.#calls.get(index)
    if (call !== undefined) call.arguments += delta?.toolUse?.input ?? ''
  }

  /** Arguments without a piece are none. */
  get view(): ModelReplyView | null {
    if (this.content === null && this.finishReason === '' && this.#calls.size === 0) return null
    const toolCalls = [...this.#calls.values()].map((call) => ({ ...call, arguments: call.arguments || '{}' }))
    return { content: this.content, finishReason: this.finishReason, toolCalls }
  }
}

/**
 * Reads a streamed response back from what came of it: to an exception or damaged bytes, and no further.
 *
 * It is whole once the stop reason has come. An exception is a failure of the service, of the code that its headers
 * name; a stream that ended without either has an unknown end.
 */
export function readConverseStream(bytes: Uint8Array): ReplyView {
  const reply = new StreamedReply()
  for (const { headers, payload } of readMessages(bytes)) {
    if (headers[':message-type'] === 'exception') {
      const errorCode = headers[':exception-type'] ?? null
      return { model: null, errorCode, decision: null, class: 'failure', partial: reply.view }
    }
    const event = eventSchema.safeParse(parse(payload))
    // Behind the stop reason there is only what the reply has cost.
    if (event.success && reply.finishReason === '') reply.add(event.data)
  }
  if (reply.finishReason !== '') return { model: reply.view, errorCode: null, decision: null }
  return { model: null, errorCode: null, decision: null, class: 'indeterminate', partial: reply.view }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
