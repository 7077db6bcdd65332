import OpenAI from 'openai'

/** Asks the model once; rejects with the client's error. */
export type Ask = (input: string, signal: AbortSignal) => Promise<string>

/** The OpenAI client without retries, so that a breaker sees every attempt. */
export function createAsk(timeoutMs: number): Ask {
  const client = new OpenAI({ apiKey: 'sk-breaker', maxRetries: 0, timeout: timeoutMs, logLevel: 'off' })
  return async (input, signal) => {
    const completion = await client.chat.completions.create(
      { model: 'gpt-5-mini', messages: [{ role: 'user', content: input }] },
      { signal },
    )
    const content = completion.choices[0]?.message.content
    if (typeof content !== 'string') throw new Error('the model said nothing')
    return content
  }
}

/** Whether an error says something of the provider's health: a cancelled call and the caller's own mistake do not. */
export function isCountable(error: unknown): boolean {
  if (error instanceof OpenAI.APIUserAbortError) return false
  if (!(error instanceof OpenAI.APIError) || error.status === undefined) return true
  const { status } = error
  return status >= 500 || status === 408 || status === 409 || status === 429
}
