import type { ScriptedReply } from '../model-script.ts'
import { type ItemKey, type OutputItem, outputItems, outputTokens } from './output-items.ts'
import { responseIdentifier } from './response-identifiers.ts'
import type { ResponsesRequest } from './response-request.ts'

/** What a response says besides the reply itself. */
export interface ResponseFacts extends ItemKey {
  /** Null for a request that could not be understood, in whose place a fault answers. */
  readonly request: ResponsesRequest | null
  readonly inputTokens: number
}

/** A response as it is composed here, with the fields that its events change. */
export interface ResponseObject {
  readonly id: string
  readonly object: 'response'
  readonly created_at: number
  readonly status: 'completed' | 'incomplete' | 'in_progress' | 'failed'
  readonly completed_at: number | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly incomplete_details: { readonly reason: 'max_output_tokens' | 'content_filter' } | null
  readonly output: readonly OutputItem[]
  readonly service_tier: 'auto' | 'default'
  readonly usage: object | null
  /** What is repeated from the request. */
  readonly [echoed: string]: unknown
}

/**
 * The body of a response, finished in the very second of its making.
 *
 * Source of the shape: openai-node 7 (`Response`); the order of keys as in the recorded responses of vercel/ai
 * (`packages/openai/src/responses/__fixtures__`).
 */
export function responseObject(reply: ScriptedReply, facts: ResponseFacts): ResponseObject {
  const { createdAt } = facts
  const reason = incompleteReason(reply)
  const output = outputItems(reply, reason !== null, facts)
  return {
    ...startedResponse(facts),
    status: reason === null ? 'completed' : 'incomplete',
    completed_at: reason === null ? createdAt : null,
    incomplete_details: reason === null ? null : { reason },
    output,
    service_tier: 'default',
    usage: usage(facts.inputTokens, outputTokens(output)),
  }
}

/** A response of which nothing has come yet. */
export function startedResponse({ request, createdAt, key }: ResponseFacts): ResponseObject {
  const { reasoning, text, metadata } = request ?? {}
  return {
    id: responseIdentifier('resp_', createdAt, key.join(' '), -1),
    object: 'response',
    created_at: createdAt,
    status: 'in_progress',
    access_programs: null,
    background: false,
    completed_at: null,
    error: null,
    frequency_penalty: 0,
    incomplete_details: null,
    ...echoed(request, { instructions: null, max_output_tokens: null, max_tool_calls: null }),
    model: request?.model ?? 'unknown',
    output: [],
    ...echoed(request, {
      parallel_tool_calls: true,
      presence_penalty: 0,
      previous_response_id: null,
      prompt_cache_key: null,
      prompt_cache_retention: null,
    }),
    reasoning: { effort: null, summary: null, ...reasoning },
    ...echoed(request, { safety_identifier: null }),
    service_tier: 'auto',
    ...echoed(request, { store: true, temperature: 1 }),
    text: { format: { type: 'text' }, verbosity: 'medium', ...text },
    ...echoed(request, { tool_choice: 'auto', tools: [], top_logprobs: 0, top_p: 1, truncation: 'disabled' }),
    usage: null,
    ...echoed(request, { user: null }),
    metadata: metadata ?? {},
  }
}

/** What the request says of these fields, else what the service takes instead. */
function echoed(request: ResponsesRequest | null, defaults: Readonly<Record<string, unknown>>): object {
  const fields = Object.entries(defaults).map(([name, otherwise]) => [name, request?.[name] ?? otherwise])
  return Object.fromEntries(fields) as object
}

function incompleteReason({ finishReason }: ScriptedReply): 'max_output_tokens' | 'content_filter' | null {
  if (finishReason === 'length') return 'max_output_tokens'
  return finishReason === 'content_filter' ? 'content_filter' : null
}

function usage(input: number, output: number): object {
  return {
    input_tokens: input,
    input_tokens_details: { cache_write_tokens: 0, cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  }
}
