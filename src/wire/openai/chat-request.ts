import { z } from 'zod'

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() })
const content = z.union([z.string(), z.array(contentPart)])

const toolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})

const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content }),
  z.looseObject({ role: z.literal('developer'), content }),
  z.looseObject({ role: z.literal('user'), content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(toolCall).optional(),
  }),
  z.looseObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
])

const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), description: z.string().optional() }),
})

/**
 * The body of `POST /v1/chat/completions`, as far as the simulated service reads it.
 *
 * Source of the shape: the OpenAI API reference, as typed by openai-node 7 (`resources/chat/completions`).
 */
export const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).optional(),
  max_completion_tokens: z.int().positive().nullish(),
  max_tokens: z.int().positive().nullish(),
  stream: z.boolean().nullish(),
})

export type ChatRequest = z.output<typeof chatRequestSchema>
export type ChatMessage = ChatRequest['messages'][number]

/** The text of a message's content, whatever form it has. */
export function contentText(value: ChatMessage['content']): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : value.map(({ text }) => text ?? '').join('')
}
