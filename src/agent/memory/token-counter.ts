import type { ProviderName } from '../model/endpoint.ts'
import { anthropicBody } from '../providers/anthropic/anthropic-messages.ts'
import { openAiBody } from '../providers/openai/openai-messages.ts'
import type { ModelRequest } from '../providers/provider.ts'
import { textTokens } from './text-tokens.ts'

/** The port through which the agent learns how much of a window a request takes. */
export interface TokenCounter {
  /**
   * What a count is worth. `tokenizer`: by the tokenizer of the model, so that what is too long by it is too long.
   * `upper_estimate`: rather too much than too little, so that what fits by it fits.
   */
  readonly basis: 'tokenizer' | 'upper_estimate'
  /** Tokens of a text alone. */
  text(text: string): number
  /** Tokens of all that a request sends: messages, calls, results and the schemas of tools. */
  request(request: ModelRequest): number
  /** Tokens of the window that the request keeps free for its reply. */
  reserved(request: ModelRequest): number
}

/** Each message costs three tokens and its role, the start of the reply three (OpenAI's cookbook). */
const messageTokens = 4
const replyStartTokens = 3
const callTokens = 3

/**
 * Counts as OpenAI's current models do.
 *
 * How the service counts the schemas of tools is not documented; they are counted as the JSON in which they are sent,
 * which is more. Models of other makers behind the same words have other tokenizers: give a counter of your own.
 */
export const openAiTokens: TokenCounter = {
  basis: 'tokenizer',
  text: textTokens,
  request(request) {
    const { messages, tools, response_format: format } = openAiBody(request)
    const spoken = messages.reduce((sum, message) => sum + openAiMessageTokens(message), replyStartTokens)
    return spoken + jsonTokens(tools) + jsonTokens(format)
  },
  reserved: (request) => openAiBody(request).max_completion_tokens ?? 0,
}

/** Anthropic's tokenizers are not public. Half as much again is a guess on the safe side, and no bound. */
const anthropicFactor = 1.5

/** An upper estimate for Anthropic's models: the count in OpenAI's encoding, and half of it on top. */
export const anthropicTokens: TokenCounter = {
  basis: 'upper_estimate',
  text: estimate,
  request(request) {
    const { system, messages, tools, output_config: config } = anthropicBody(request)
    const turns = messages.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)))
    const texts = [...(typeof system === 'string' ? [system] : []), ...turns]
    const spoken = texts.reduce((sum, text) => sum + messageTokens + estimate(text), replyStartTokens)
    return spoken + estimateJson(tools) + estimateJson(config)
  },
  reserved: (request) => anthropicBody(request).max_tokens,
}

/** The counter for the models of a provider. */
export function tokenCounterFor(provider: ProviderName): TokenCounter {
  return provider === 'anthropic' ? anthropicTokens : openAiTokens
}

type OpenAiMessage = ReturnType<typeof openAiBody>['messages'][number]

function openAiMessageTokens(message: OpenAiMessage): number {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
  const called = calls.flatMap((call) => (call.type === 'function' ? [call.function] : []))
  return called.reduce(
    (sum, call) => sum + callTokens + textTokens(call.name) + textTokens(call.arguments),
    messageTokens + (typeof message.content === 'string' ? textTokens(message.content) : 0),
  )
}

function jsonTokens(value: unknown): number {
  return value === undefined ? 0 : textTokens(JSON.stringify(value))
}

function estimateJson(value: unknown): number {
  return value === undefined ? 0 : estimate(JSON.stringify(value))
}

function estimate(text: string): number {
  return Math.ceil(textTokens(text) * anthropicFactor)
}
