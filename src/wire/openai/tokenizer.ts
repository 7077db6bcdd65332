import type { ChatMessage, ChatRequest } from './chat-request.ts'
import { contentText } from './chat-request.ts'
import { countablePieces } from './countable-pieces.ts'
import { o200kEncoding } from './o200k-encoding.ts'

/** Reads `<|endoftext|>` and its like as the text that a user wrote, where the encoder would refuse them. */
export const plainText = { disallowedSpecial: new Set<string>() }

/** Tokens by text. A pure function's results, so that keeping them leaks no state between trials. */
const counted = new Map<string, number>()
const rememberedTexts = 20_000

/** Tokens of a text in the `o200k_base` encoding that current OpenAI models use. */
export function textTokens(text: string): number {
  let tokens = counted.get(text)
  if (tokens === undefined) {
    tokens = 0
    for (const piece of countablePieces(text)) tokens += o200kEncoding().countTokens(piece, plainText)
    if (counted.size >= rememberedTexts) counted.clear()
    counted.set(text, tokens)
  }
  return tokens
}

/**
 * Tokens of a chat request: 3 per message and 3 to prime the reply (OpenAI's cookbook, "How to count tokens"),
 * and the tool schemas as the JSON they are sent in, which the service does not document.
 */
export function requestTokens(request: ChatRequest): number {
  let tokens = 3
  for (const message of request.messages) tokens += messageTokens(message)
  if (request.tools !== undefined) tokens += textTokens(JSON.stringify(request.tools))
  return tokens
}

function messageTokens(message: ChatMessage): number {
  let tokens = 3 + 1 + textTokens(contentText(message.content))
  if (message.role === 'assistant') {
    for (const call of message.tool_calls ?? []) {
      tokens += 3 + textTokens(call.function.name) + textTokens(call.function.arguments)
    }
  }
  return tokens
}
