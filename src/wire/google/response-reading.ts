import { z } from 'zod'
import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import { readServerSentEvents } from '../sse/server-sent-events.ts'
import type { ReplyView } from '../upstream.ts'
import { codeOfError } from './errors.ts'

const part = z.looseObject({
  text: z.string().optional(),
  functionCall: z
    .looseObject({ id: z.string().default(''), name: z.string(), args: jsonObjectSchema.default({}) })
    .optional(),
})
const responseSchema = z.looseObject({
  candidates: z
    .array(
      z.looseObject({
        content: z.looseObject({ parts: z.array(part).default([]) }).optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.looseObject({ blockReason: z.string().optional() }).optional(),
  error: z.unknown().optional(),
})
type Chunk = z.output<typeof responseSchema>

/** A reply as far as its chunks have told it. */
class ReadReply {
  content: string | null = null
  finishReason = ''
  /** Why the prompt was blocked, which is the last word. */
  blockReason: string | null = null
  readonly toolCalls: ToolCall[] = []

  add({ candidates, promptFeedback }: Chunk): void {
    const reason = promptFeedback?.blockReason
    if (candidates === undefined && reason) this.blockReason = reason
    const [candidate] = candidates ?? []
    if (candidate === undefined) return
    if (candidate.finishReason !== undefined) this.finishReason = candidate.finishReason
    for (const { text, functionCall } of candidate.content?.parts ?? []) {
      if (text !== undefined) this.content = (this.content ?? '') + text
      if (functionCall === undefined) continue
      const { id, name, args } = functionCall
      this.toolCalls.push({ id, name, arguments: JSON.stringify(args) })
    }
  }

  get view(): ModelReplyView | null {
    if (this.content === null && this.finishReason === '' && this.toolCalls.length === 0) return null
    // The empty text beside calls is the form of a last chunk.
    const content = this.content === '' && this.toolCalls.length > 0 ? null : this.content
    return { content, finishReason: this.finishReason, toolCalls: this.toolCalls }
  }
}

/** Reads a whole response back from its text: one, or an array of the chunks of a stream. */
export function readResponse(body: string): ReplyView {
  const parsed = parse(body)
  const reply = new ReadReply()
  for (const chunk of Array.isArray(parsed) ? parsed : [parsed]) {
    const read = responseSchema.safeParse(chunk)
    if (read.success) reply.add(read.data)
  }
  return { model: reply.view, errorCode: reply.blockReason, decision: null }
}

/**
 * Reads a streamed response back from what came of it: to an error or data that is no JSON, and no further.
 *
 * It is whole once a finish reason has come, or the prompt was blocked. An error is a failure of the service; a stream
 * that ended without either has an unknown end.
 */
export function readResponseStream(body: string): ReplyView {
  const reply = new ReadReply()
  for (const { data } of readServerSentEvents(body)) {
    const read = responseSchema.safeParse(parse(data))
    if (!read.success) break
    if (Boolean(read.data.error)) return unfinished(reply, 'failure', codeOfError(read.data.error))
    reply.add(read.data)
  }
  if (reply.blockReason !== null) return { model: reply.view, errorCode: reply.blockReason, decision: null }
  if (reply.finishReason === '') return unfinished(reply, 'indeterminate', null)
  return { model: reply.view, errorCode: null, decision: null }
}

function unfinished(reply: ReadReply, outcomeClass: 'failure' | 'indeterminate', errorCode: string | null): ReplyView {
  return { model: null, errorCode, decision: null, class: outcomeClass, partial: reply.view }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
