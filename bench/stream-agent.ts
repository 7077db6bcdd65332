import OpenAI from 'openai'
import type { Agent } from 'shakedown'

/** An agent that reads one streamed reply, chunk by chunk, on the raw client. */
export function streamAgent(fetch?: typeof globalThis.fetch): Agent {
  const client = new OpenAI({ apiKey: 'sk-bench', maxRetries: 0, ...(fetch ? { fetch } : {}) })
  return async ({ input }, { signal }) => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
    const stream = await client.chat.completions.create({ model: 'gpt-5', messages, stream: true }, { signal })
    let answer = ''
    for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? ''
    return { answer, stop: 'end_turn' }
  }
}
