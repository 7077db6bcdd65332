import OpenAI from 'openai'
import type { Agent } from 'shakedown'

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'lookup_order',
      description: 'Looks an order up by its number.',
      parameters: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    },
  },
]
const instructions = 'You are the support agent of a shop for kitchen ware. Look orders up before you answer. '.repeat(
  8,
)
const maxSteps = 6
const maxAttempts = 3

/** Where the agent's one tool looks. */
export type LookUp = () => Promise<string>

const remembered: LookUp = () => Promise.resolve('{"status":"shipped","carrier":"parcel"}')

/**
 * A loop on the raw client. Its tool answers from memory unless it is given one that calls, so that what is measured is
 * the model call.
 *
 * It retries at once: a canned fetch has no clock to wait on.
 */
export function chatAgent(fetch?: typeof globalThis.fetch, lookUp: LookUp = remembered): Agent {
  const client = new OpenAI({ apiKey: 'sk-bench', maxRetries: 0, ...(fetch ? { fetch } : {}) })
  return async ({ input }) => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: instructions },
      { role: 'user', content: input },
    ]
    for (let step = 0; step < maxSteps; step++) {
      const message = await complete(client, messages)
      if (message === null) return { answer: null, stop: 'llm_api_error' }
      messages.push(message)
      if (message.tool_calls === undefined) return { answer: message.content, stop: 'end_turn' }
      for (const { id } of message.tool_calls) {
        messages.push({ role: 'tool', tool_call_id: id, content: await lookUp() })
      }
    }
    return { answer: null, stop: 'max_steps' }
  }
}

async function complete(
  client: OpenAI,
  messages: OpenAI.ChatCompletionMessageParam[],
): Promise<OpenAI.ChatCompletionMessage | null> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      const completion = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
      return completion.choices[0]?.message ?? null
    } catch {
      // The next attempt follows at once.
    }
  }
  return null
}
