import OpenAI from 'openai'
import type { Agent } from 'shakedown'

/** A model call behind a breaker. */
export interface GuardedCall {
  readonly ask: (input: string, signal: AbortSignal) => Promise<string>
  /** Whether the breaker itself refused, so that nothing was sent. */
  readonly isRefusal: (error: unknown) => boolean
}

/** An agent of one model call per task that says when its breaker did not let the call through. */
export function createGuardedAgent({ ask, isRefusal }: GuardedCall): Agent {
  return async ({ input }, { signal }) => {
    if (signal.aborted) return { answer: null, stop: 'cancelled' }
    try {
      return { answer: await ask(input, signal), stop: 'end_turn' }
    } catch (error) {
      if (isRefusal(error)) {
        const refusal = { upstream: 'openai', by: 'breaker' as const, atMs: Date.now() }
        return { answer: null, stop: 'error', claims: { refusals: [refusal] } }
      }
      if (signal.aborted) return { answer: null, stop: 'cancelled' }
      return { answer: null, stop: error instanceof OpenAI.APIError ? 'llm_api_error' : 'error' }
    }
  }
}
