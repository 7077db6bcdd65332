import type { ModelReplyView } from '../../contract/event.ts'
import { codeOfError } from '../openai/errors.ts'
import { readServerSentEvents } from '../sse/server-sent-events.ts'
import type { ReplyView } from '../upstream.ts'
import { type Fields, callOf, failedResponse, isFields, viewResponse } from './response-reading.ts'

/** A reply as far as its events have told it. */
class StreamedItems {
  #content: string | null = null
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>()

  /** Takes an event; whatever tells nothing of the reply adds nothing. */
  add(type: unknown, event: Fields): void {
    const { item, delta, output_index: index } = event
    if (type === 'response.output_text.delta' && typeof delta === 'string') {
      this.#content = (this.#content ?? '') + delta
    }
    if (typeof index !== 'number') return
    if (type === 'response.output_item.added' && isFields(item) && item['type'] === 'function_call') {
      this.#calls.set(index, { ...callOf(item) })
    }
    const call = this.#calls.get(index)
    if (call === undefined) return
    if (type === 'response.function_call_arguments.delta' && typeof delta === 'string') call.arguments += delta
  }

  /** Null where nothing has come that a caller could take for a reply. */
  get partial(): ModelReplyView | null {
    if (this.#content === null && this.#calls.size === 0) return null
    const ordered = [...this.#calls].sort(([one], [other]) => one - other)
    return { content: this.#content, finishReason: '', toolCalls: ordered.map(([, call]) => call) }
  }
}

/**
 * Reads a streamed response back from what came of it, as a client does: to its end, an error or an event that is no
 * JSON, and no further.
 *
 * It is whole once `response.completed` or `response.incomplete` has come, which tell everything once more. An error or
 * `response.failed` is a failure of the service; a stream that ended without any of them has an unknown end.
 */
export function readResponseStream(body: string): ReplyView {
  const items = new StreamedItems()
  for (const { event: name, data } of readServerSentEvents(body)) {
    if (data === '[DONE]') break
    const event = parseObject(data)
    if (event === undefined) break
    const { type = name, error, response } = event
    if (type === 'error' || name === 'error' || Boolean(error)) return errorEvent(event, items.partial)
    if (type === 'response.failed') return failedResponse(isFields(response) ? response : {}, items.partial)
    if (type === 'response.completed' || type === 'response.incomplete') {
      const model = viewResponse(response)
      if (model !== null) return { model, errorCode: null, decision: null }
    }
    items.add(type, event)
  }
  return { model: null, errorCode: null, decision: null, class: 'indeterminate', partial: items.partial }
}

/** The service nests the error in its event; its published shape has it flat, where `type` is that of the event. */
function errorEvent(event: Fields, partial: ModelReplyView | null): ReplyView {
  const { error = { code: event['code'] } } = event
  return { model: null, errorCode: codeOfError(error), decision: null, class: 'failure', partial }
}

function parseObject(data: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    return isFields(parsed) ? parsed : {}
  } catch {
    return undefined
  }
}
