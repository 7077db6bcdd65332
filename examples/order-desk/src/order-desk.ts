import OpenAI from 'openai'

const model = 'gpt-5-mini'
const mostSteps = 5
const mostAttempts = 3
const order = { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] }

const tools: OpenAI.ChatCompletionTool[] = [
  { type: 'function', function: { name: 'order_status', description: 'Says where an order is.', parameters: order } },
]

/** A chat loop with one tool, on the SDK as it comes. */
export function createOrderDesk() {
  const client = new OpenAI({ apiKey: process.env['OPENAI_API_KEY'] ?? 'none' })
  return async ({ input }: { input: string }) => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: input }]
    try {
      for (let step = 0; step < mostSteps; step++) {
        const completion = await client.chat.completions.create({ model, messages, tools })
        const message = completion.choices[0]?.message
        if (!message?.tool_calls) return { answer: message?.content ?? null, stop: 'end_turn' }
        messages.push(message)
        for (const call of message.tool_calls) {
          if (call.type !== 'function') continue
          messages.push({ role: 'tool', tool_call_id: call.id, content: await orderStatus(call.function.arguments) })
        }
      }
      return { answer: null, stop: 'max_steps' }
    } catch (error) {
      return { answer: null, stop: error instanceof OpenAI.APIError ? 'llm_api_error' : 'error' }
    }
  }
}

/** Asking twice does no harm. */
async function orderStatus(body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    try {
      const signal = AbortSignal.timeout(10_000)
      const response = await fetch('https://orders.example/status', { method: 'POST', headers, body, signal })
      if (response.ok) return await response.text()
    } catch {
      // The next attempt may do better.
    }
  }
  return 'Error: the order service does not answer.'
}
