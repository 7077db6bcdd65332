import { textTokens } from '../openai/tokenizer.ts'
import { type ContentBlockParam, contentBlocks, contentText } from './message-params.ts'
import type { MessagesRequest } from './messages-request.ts'

/** Tokens of an image, about the most that the service lets one have before it scales it down. */
const imageTokens = 1_600

/**
 * Tokens of a request, system prompt and tool schemas included.
 *
 * An approximation: the service's own tokenizer is not public, so texts are counted in OpenAI's `o200k_base`, with the
 * overhead of a chat request (3 per message and 3 to prime the reply). Images, and documents that are not text, count
 * as 1 600.
 */
export function requestTokens({ system, messages, tools }: MessagesRequest): number {
  let tokens = 3
  if (system !== undefined) tokens += 4 + textTokens(contentText(system))
  for (const { content } of messages) tokens += 4 + contentTokens(contentBlocks(content))
  if (tools !== undefined && tools.length > 0) tokens += textTokens(JSON.stringify(tools))
  return tokens
}

/** Tokens of a tool call, in a request or a reply. */
export function toolCallTokens(name: string, input: string): number {
  return 3 + textTokens(name) + textTokens(input)
}

function contentTokens(blocks: readonly ContentBlockParam[]): number {
  return blocks.reduce((sum, block) => sum + blockTokens(block), 0)
}

function blockTokens(block: ContentBlockParam): number {
  switch (block.type) {
    case 'text':
      return textTokens(block.text)
    case 'tool_use':
      return toolCallTokens(block.name, JSON.stringify(block.input))
    case 'tool_result':
      return 3 + contentTokens(contentBlocks(block.content))
    case 'image':
      return imageTokens
    case 'document':
      return documentTokens(block)
    default:
      return textTokens(JSON.stringify(block))
  }
}

function documentTokens(block: ContentBlockParam): number {
  const { source } = block as { source?: { type?: unknown; data?: unknown } }
  return source?.type === 'text' && typeof source.data === 'string' ? textTokens(source.data) : imageTokens
}
