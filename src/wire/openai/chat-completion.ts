import { epochMs } from '../../contract/epoch.ts'
import type { ModelReplyView } from '../../contract/event.ts'
import type { ScriptedReply } from '../model-script.ts'
import type { ChatToolCall } from './chat-request.ts'
import { identifier } from './identifiers.ts'
import { textTokens } from './tokenizer.ts'

/** What a completion says besides the reply itself. */
export interface CompletionFacts {
  readonly model: string
  readonly promptTokens: number
  readonly nowMs: number
  /** Makes the identifiers unique in the trial and the same in every run. */
  readonly key: readonly (string | number)[]
}

/** A chat completion as it is composed here, with the fields that its chunks repeat. */
export interface Completion {
  readonly id: string
  readonly object: 'chat.completion'
  readonly created: number
  readonly model: string
  readonly choices: readonly [
    {
      readonly index: number
      readonly message: {
        readonly role: 'assistant'
        readonly content: string | null
        readonly tool_calls?: readonly ChatToolCall[]
        readonly refusal: string | null
        readonly annotations: readonly []
      }
      readonly logprobs: null
      readonly finish_reason: string
    },
  ]
  readonly usage: object
  readonly service_tier: 'default'
  readonly system_fingerprint: null
}

/**
 * The body of a chat completion.
 *
 * Source of the shape: the OpenAI API reference, as typed by openai-node 7 (`ChatCompletion`).
 */
export function chatCompletion(reply: ScriptedReply, facts: CompletionFacts): Completion {
  const toolCalls = (reply.toolCalls ?? []).map((call, index) => ({
    id: call.id ?? identifier('call_', 24, ...facts.key, index),
    type: 'function' as const,
    function: {
      name: call.name,
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
    },
  }))
  const completionTokens = toolCalls.reduce(
    (sum, { function: called }) => sum + 3 + textTokens(called.name) + textTokens(called.arguments),
    textTokens(reply.content ?? reply.refusal ?? ''),
  )
  return {
    id: identifier('chatcmpl-', 29, ...facts.key),
    object: 'chat.completion',
    created: Math.floor((epochMs + facts.nowMs) / 1000),
    model: facts.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.content ?? null,
          ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
          refusal: reply.refusal ?? null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: reply.finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
      },
    ],
    usage: usage(facts.promptTokens, completionTokens),
    service_tier: 'default',
    system_fingerprint: null,
  }
}

function usage(promptTokens: number, completionTokens: number): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

/** Reads a completion back from its text, for the trace; null where the body is none. */
export function readCompletion(body: string): ModelReplyView | null {
  try {
    return viewCompletion(JSON.parse(body))
  } catch {
    return null
  }
}

/** Reduces a completion to what the trace and the properties need; null where it is none. */
export function viewCompletion(completion: unknown): ModelReplyView | null {
  const choice = firstChoice(completion)
  if (choice === null) return null
  const { message, finish_reason: finishReason } = choice
  return {
    content: message.content ?? null,
    finishReason: finishReason ?? '',
    toolCalls: (message.tool_calls ?? []).map(({ id, function: called }) => ({
      id,
      name: called.name,
      arguments: called.arguments,
    })),
  }
}

interface Choice {
  readonly finish_reason?: string
  readonly message: {
    readonly content?: string | null
    readonly tool_calls?: readonly { id: string; function: { name: string; arguments: string } }[]
  }
}

/** Trusts the shape below `choices`, because every completion in a world is built above. */
function firstChoice(parsed: unknown): Choice | null {
  if (typeof parsed !== 'object' || parsed === null || !('choices' in parsed)) return null
  const choice = Array.isArray(parsed.choices) ? (parsed.choices[0] as Choice | undefined) : undefined
  return choice?.message === undefined ? null : choice
}
