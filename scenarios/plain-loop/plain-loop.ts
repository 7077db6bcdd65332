import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { Agent } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { runTool, tools } from './plain-tools.ts'

const maxSteps = 10

/** The loop that everybody writes in an afternoon: the SDK as it comes, no policy, no retries of its own. */
export function createPlainLoop(): Agent {
  const client = new OpenAI({ apiKey: 'sk-plain-loop', logLevel: 'off' })
  return async ({ input }) => {
    const messages: ChatCompletionMessageParam[] = [
      { role: 'system', content: supportInstructions() },
      { role: 'user', content: input },
    ]
    try {
      for (let step = 1; step <= maxSteps; step++) {
        const completion = await client.chat.completions.create({ model: 'gpt-5-mini', messages, tools })
        const message = completion.choices[0]?.message
        if (!message) return { answer: null, stop: 'invalid_llm_response' }
        if (!message.tool_calls) return { answer: message.content, stop: 'end_turn' }
        messages.push(message)
        for (const call of message.tool_calls) {
          if (call.type !== 'function') continue
          const content = await runTool(call.function.name, call.function.arguments)
          messages.push({ role: 'tool', tool_call_id: call.id, content })
        }
      }
      return { answer: null, stop: 'max_steps' }
    } catch (error) {
      return { answer: null, stop: error instanceof OpenAI.APIError ? 'llm_api_error' : 'error' }
    }
  }
}
