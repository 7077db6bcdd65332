import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import { readServerSentEvents } from '../sse/server-sent-events.ts'
import type { ReplyView } from '../upstream.ts'
import { codeOfError } from './errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** A reply as far as its stream has told it. */
class StreamedReply {
  content: string | null = null
  finishReason = ''
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>()

  /** Takes a delta of the first choice; whatever has not the shape of one adds nothing. */
  add(choice: unknown): void {
    if (!isFields(choice)) return
    if (typeof choice['finish_reason'] === 'string') this.finishReason = choice['finish_reason']
    const { delta } = choice
    if (!isFields(delta)) return
    if (typeof delta['content'] === 'string') this.content = (this.content ?? '') + delta['content']
    const calls: unknown = delta['tool_calls']
    if (Array.isArray(calls)) for (const call of calls) this.#addCall(call)
  }

  get view(): ModelReplyView {
    const ordered = [...this.#calls].sort(([one], [other]) => one - other)
    const toolCalls: ToolCall[] = ordered.map(([, call]) => call)
    return { content: this.content, finishReason: this.finishReason, toolCalls }
  }

  get isEmpty(): boolean {
    return this.content === null && this.finishReason === '' && this.#calls.size === 0
  }

  #addCall(delta: unknown): void {
    if (!isFields(delta)) return
    const index = typeof delta['index'] === 'number' ? delta['index'] : this.#unnumbered(delta)
    const call = this.#calls.get(index) ?? { id: '', name: '', arguments: '' }
    this.#calls.set(index, call)
    if (typeof delta['id'] === 'string') call.id = delta['id']
    const called = delta['function']
    if (!isFields(called)) return
    if (typeof called['name'] === 'string') call.name = called['name']
    if (typeof called['arguments'] === 'string') call.arguments += called['arguments']
  }

  /** Some providers give no index: a piece with an identifier begins a call, any other goes on with the last. */
  #unnumbered({ id }: Fields): number {
    return typeof id === 'string' ? this.#calls.size : Math.max(0, this.#calls.size - 1)
  }
}

/**
 * Reads a streamed completion back from what came of it, as a client does: to `[DONE]`, an error or a frame that is no
 * JSON, and no further.
 *
 * It is whole once a finish reason has come, whatever follows: some providers send no `[DONE]`, and who has what there is
 * may hang up in the middle of it. A frame with an error is a failure of the
 * service; a stream that ended without either has an unknown end.
 */
export function readChatStream(body: string): ReplyView {
  const reply = new StreamedReply()
  for (const { event, data } of readServerSentEvents(body)) {
    if (data === '[DONE]') break
    const chunk = parseObject(data)
    if (chunk === undefined) break
    const error = event === 'error' ? (chunk['error'] ?? chunk) : chunk['error']
    if (Boolean(error)) return unfinished(reply, 'failure', codeOfError(error))
    const { choices } = chunk
    if (Array.isArray(choices)) reply.add(choices[0])
  }
  if (reply.finishReason === '') return unfinished(reply, 'indeterminate', null)
  return { model: reply.view, errorCode: null, decision: null }
}

function unfinished(reply: StreamedReply, outcomeClass: 'failure' | 'indeterminate', errorCode: string | null) {
  return { model: null, errorCode, decision: null, class: outcomeClass, partial: reply.isEmpty ? null : reply.view }
}

function parseObject(data: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    return isFields(parsed) ? parsed : {}
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
