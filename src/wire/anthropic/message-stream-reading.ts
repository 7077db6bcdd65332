import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import { readServerSentEvents } from '../sse/server-sent-events.ts'
import type { ReplyView } from '../upstream.ts'
import { codeOfError } from './errors.ts'
import { inputText, isFields } from './reply-view.ts'

type Fields = Readonly<Record<string, unknown>>

/** A content block as far as it has come. */
interface StreamedBlock {
  readonly start: Fields
  text: string
  json: string
}

/** A message as far as its stream has told it, put together as the official client does. */
class StreamedMessage {
  hasBegun = false
  #stopReason = ''
  readonly #blocks: StreamedBlock[] = []

  /** Takes an event; whatever has not the shape of one, or comes before the start, adds nothing. */
  add(event: Fields): void {
    if (event['type'] === 'message_start') this.hasBegun = true
    if (!this.hasBegun) return
    const { type, index, content_block: block, delta } = event
    if (type === 'content_block_start' && isFields(block)) this.#blocks.push({ start: block, text: '', json: '' })
    if (type === 'content_block_delta' && typeof index === 'number' && isFields(delta)) this.#addDelta(index, delta)
    if (type === 'message_delta' && isFields(delta)) {
      this.#stopReason = typeof delta['stop_reason'] === 'string' ? delta['stop_reason'] : ''
    }
  }

  get view(): ModelReplyView {
    const texts = this.#blocks.filter(({ start }) => start['type'] === 'text')
    return {
      content: texts.length === 0 ? null : texts.map(({ start, text }) => textOr(start['text']) + text).join(''),
      finishReason: this.#stopReason,
      toolCalls: this.#blocks.filter(({ start }) => start['type'] === 'tool_use').map(callOf),
    }
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0 && this.#stopReason === ''
  }

  #addDelta(index: number, delta: Fields): void {
    const block = this.#blocks[index]
    if (block === undefined) return
    if (typeof delta['text'] === 'string') block.text += delta['text']
    if (typeof delta['partial_json'] === 'string') block.json += delta['partial_json']
  }
}

/**
 * Reads a streamed message back from what came of it, as the official client's helper does: to `message_stop`, an
 * error, a second start or data that is no JSON, and no further. Pings and events without a name say nothing.
 *
 * It is whole at `message_stop` and not before: the stop reason alone does not satisfy the helper. An `error` event is
 * a failure of the service; a stream that ended without either has an unknown end.
 * Source: @anthropic-ai/sdk 1 (`core/streaming.ts`, `lib/MessageStream.ts`).
 */
export function readMessageStream(body: string): ReplyView {
  const message = new StreamedMessage()
  for (const { event, data } of readServerSentEvents(body)) {
    if (event === '' || event === 'ping') continue
    const parsed = parseObject(data)
    if (event === 'error' || parsed?.['type'] === 'error') {
      return unfinished(message, 'failure', codeOfError(parsed?.['error']))
    }
    const isSecondStart = parsed?.['type'] === 'message_start' && message.hasBegun
    if (parsed === undefined || isSecondStart) return unfinished(message, 'indeterminate', null)
    if (parsed['type'] === 'message_stop' && message.hasBegun) {
      return { model: message.view, errorCode: null, decision: null }
    }
    message.add(parsed)
  }
  return unfinished(message, 'indeterminate', null)
}

function unfinished(
  message: StreamedMessage,
  outcomeClass: 'failure' | 'indeterminate',
  errorCode: string | null,
): ReplyView {
  const partial = message.isEmpty ? null : message.view
  return { model: null, errorCode, decision: null, class: outcomeClass, partial }
}

/** Arguments without a piece are those of the block's start, which the service leaves empty. */
function callOf({ start, json }: StreamedBlock): ToolCall {
  return {
    id: textOr(start['id']),
    name: textOr(start['name']),
    arguments: json === '' ? inputText(start['input']) : json,
  }
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function parseObject(data: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    return isFields(parsed) ? parsed : {}
  } catch {
    return undefined
  }
}
