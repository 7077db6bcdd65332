import { unixSeconds } from './unix-seconds.ts'
import type { StreamPace } from '../stream-pace.ts'
import type { BodyChunk } from '../reply.ts'
import { textDeltas } from '../openai/text-deltas.ts'
import { obfuscation } from './obfuscation.ts'
import type { OutputItem, OutputPart } from './output-items.ts'
import type { ResponseObject } from './response-object.ts'
import type { RequestProblem } from './request-problem.ts'

/** How the events of a response are sent. */
export interface EventOptions extends StreamPace {
  /** Whether pieces are padded to one length; default true, as the service does. */
  readonly isObfuscated?: boolean
  /** Virtual milliseconds since the start of the trial at which the stream begins. */
  readonly beginsAtMs: number
}

type Fields = Readonly<Record<string, unknown>>

/** The frames of a stream as they are put together: numbered events, each named twice. */
class EventFrames {
  readonly body: BodyChunk[] = []
  readonly #encoder = new TextEncoder()
  readonly #options: EventOptions
  #elapsedMs = 0

  constructor(options: EventOptions) {
    this.#options = options
  }

  add(afterMs: number, type: string, fields: Fields): void {
    const data = JSON.stringify({ type, ...inOrder({ ...fields, sequence_number: this.body.length }) })
    this.#elapsedMs += afterMs
    this.body.push({ afterMs, bytes: this.#encoder.encode(`event: ${type}\ndata: ${data}\n\n`) })
  }

  begin(response: ResponseObject): void {
    const { firstChunkMs = 0 } = this.#options
    this.add(firstChunkMs, 'response.created', { response })
    this.add(0, 'response.in_progress', { response })
  }

  /** An item from its announcement to its end. */
  item(item: OutputItem, index: number): void {
    const isCall = item.type === 'function_call'
    const empty = isCall ? { arguments: '' } : { content: [] }
    const added = { item: { ...item, status: 'in_progress', ...empty }, output_index: index }
    this.add(isCall ? this.#perChunkMs : 0, 'response.output_item.added', added)
    if (isCall) this.#arguments(item.arguments, item.id, index)
    else for (const [at, part] of item.content.entries()) this.#part(part, at, item.id, index)
    this.add(0, 'response.output_item.done', { item, output_index: index })
  }

  /** The last event; a completed response is dated by it. */
  end(response: ResponseObject): void {
    const endsAtMs = this.#options.beginsAtMs + this.#elapsedMs + this.#perChunkMs
    const ended = response.completed_at === null ? response : { ...response, completed_at: unixSeconds(endsAtMs) }
    this.add(this.#perChunkMs, `response.${response.status}`, { response: ended })
  }

  get #perChunkMs(): number {
    return this.#options.perChunkMs ?? 15
  }

  #arguments(args: string, itemId: string, index: number): void {
    const place = { item_id: itemId, output_index: index }
    for (const delta of textDeltas(args, this.#options.tokensPerChunk)) {
      this.add(this.#perChunkMs, 'response.function_call_arguments.delta', { delta, ...this.#padding(delta), ...place })
    }
    this.add(0, 'response.function_call_arguments.done', { arguments: args, ...place })
  }

  #part(part: OutputPart, contentIndex: number, itemId: string, outputIndex: number): void {
    const place = { content_index: contentIndex, item_id: itemId, output_index: outputIndex }
    const isText = part.type === 'output_text'
    const name = isText ? 'response.output_text' : 'response.refusal'
    const text = isText ? part.text : part.refusal
    const logprobs = isText ? { logprobs: [] } : {}
    const nothing = isText ? { ...part, text: '' } : { ...part, refusal: '' }
    this.add(0, 'response.content_part.added', { ...place, part: nothing })
    for (const delta of textDeltas(text, this.#options.tokensPerChunk)) {
      this.add(this.#perChunkMs, `${name}.delta`, { delta, ...logprobs, ...this.#padding(delta), ...place })
    }
    this.add(0, `${name}.done`, { ...place, ...logprobs, [isText ? 'text' : 'refusal']: text })
    this.add(0, 'response.content_part.done', { ...place, part })
  }

  #padding(delta: string): Fields {
    return this.#options.isObfuscated === false ? {} : { obfuscation: obfuscation(delta.length) }
  }
}

/** Fields in the order of their names, in which the service writes those of an event behind its type. */
function inOrder(fields: Fields): Fields {
  const ordered: Record<string, unknown> = {}
  for (const name of Object.keys(fields).sort()) ordered[name] = fields[name]
  return ordered
}

/**
 * A response as the service streams it: its beginning, each item with its pieces, and its end with everything once
 * more; each event a piece of the body. There is no `[DONE]`.
 *
 * Source of the shape and order: openai-node 7 (`ResponseStreamEvent`), and the streams recorded by vercel/ai
 * (`packages/openai/src/responses/__fixtures__`).
 */
export function responseEvents(response: ResponseObject, started: ResponseObject, options: EventOptions): BodyChunk[] {
  const frames = new EventFrames(options)
  frames.begin(started)
  for (const [index, item] of response.output.entries()) frames.item(item, index)
  frames.end(response)
  return frames.body
}

/**
 * A response that fails once its stream has begun: an error, then the failed response.
 *
 * Source of the shape: recorded by vercel/ai (`openai-error.1.chunks.txt`).
 */
export function failureEvents(started: ResponseObject, problem: RequestProblem, options: EventOptions): BodyChunk[] {
  const { message, param } = problem
  const code = problem.code ?? 'invalid_request_error'
  const frames = new EventFrames(options)
  frames.begin(started)
  frames.add(0, 'error', { error: { type: 'invalid_request_error', code, message, param } })
  frames.add(0, 'response.failed', { response: { ...started, status: 'failed', error: { code, message } } })
  return frames.body
}
