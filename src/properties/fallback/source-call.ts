import type {
  ModelReplyView,
  ModelRequestView,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
} from '../../contract/event.ts'
import type { OutcomeClass } from '../../contract/outcome-class.ts'
import { inSeconds } from '../virtual-time.ts'
import { refusalText } from './refusal-text.ts'

/** One request to a model, with the sources that it can stand for and what came of it. */
export interface SourceCall {
  readonly call: number
  readonly upstream: string
  readonly sentAt: number
  /** Places in the chain, in order; empty where the request is no source's. */
  readonly places: readonly number[]
  readonly view: ModelRequestView
  /** Whether it asks for a summary of the history, in the words that are declared for that. */
  readonly isForSummary: boolean
  endedAt: number | null
  class: OutcomeClass | null
  /** Whether the service asked for another attempt (`x-should-retry: true`), whatever the status. */
  isRetryAsked: boolean
  /** How it ended, as the rest of "call 3 …". */
  ending: string
  /** What the model said, whole. */
  reply: ModelReplyView | null
  /** What came of a reply that never became whole. */
  partial: ModelReplyView | null
  /** The words in which the model declined. */
  refusal: string | null
}

/** Begins to follow a request. */
export function sourceCall(
  event: RequestSent,
  view: ModelRequestView,
  { places, isForSummary }: Pick<SourceCall, 'places' | 'isForSummary'>,
): SourceCall {
  return {
    ...{ call: event.call, upstream: event.upstream, sentAt: event.at, places, view, isForSummary },
    ...{ endedAt: null, class: null, isRetryAsked: false, ending: 'was still under way' },
    ...{ reply: null, partial: null, refusal: null },
  }
}

/** Notes how a request ended. */
export function endCall(call: SourceCall, event: ResponseEnd | RequestFailed | RequestAborted): void {
  call.endedAt = event.at
  call.class = event.class
  call.partial = event.partial
  call.ending = `${endingWords(event)} at ${inSeconds(event.at)}`
  if (event.type !== 'response.end' || event.class !== 'success') return
  call.reply = event.model
  call.refusal = event.model && !event.model.content?.trim() ? refusalText(event.body) : null
}

/** Whether a request was refused as the caller's own mistake; a service that wants another attempt says otherwise. */
export function isCallersMistake(call: SourceCall | null): call is SourceCall {
  return call?.class === 'neutral' && !call.isRetryAsked
}

/**
 * Whether a whole reply is one that an agent can use: an answer, or tool calls whose arguments parse.
 *
 * One that is empty, cut, filtered or refused may count as a failure of its source or not: both is permitted.
 */
export function isUsable({ reply, view }: SourceCall): boolean {
  if (!reply || cutReasons.has(reply.finishReason)) return false
  if (reply.toolCalls.length === 0) return Boolean(reply.content?.trim())
  return reply.toolCalls.every((call) => view.offeredTools.includes(call.name) && isJson(call.arguments))
}

/** Whether a whole reply, or what there is of it, was withheld on grounds of policy. */
export function isDeclined({ reply, refusal }: SourceCall): boolean {
  return refusal !== null || (reply !== null && filterReasons.has(reply.finishReason))
}

/** In the words of OpenAI and Anthropic, of Gemini, and of Bedrock. */
const filterReasons: ReadonlySet<string> = new Set([
  ...['content_filter', 'refusal'],
  ...['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST'],
  ...['content_filtered', 'guardrail_intervened'],
])
const cutReasons: ReadonlySet<string> = new Set([...filterReasons, 'length', 'max_tokens', 'MAX_TOKENS'])

function endingWords(event: ResponseEnd | RequestFailed | RequestAborted): string {
  if (event.type === 'request.failed') return `failed with ${event.cause}`
  if (event.type === 'request.aborted') return 'was given up'
  return `was answered ${event.status}${event.class === 'success' && !event.model ? ', but not whole,' : ''}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
