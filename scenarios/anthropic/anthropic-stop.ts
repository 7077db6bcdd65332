import Anthropic from '@anthropic-ai/sdk'
import type { StopReason } from 'shakedown'

/** Why a run that returned has ended, in the words of the contract. */
export function stopAfter(stopReason: string | null): StopReason {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'end_turn'
    // The runner goes on by itself after tool calls, so that only its limit ends it here.
    case 'tool_use':
      return 'max_steps'
    case 'model_context_window_exceeded':
      return 'context_window_exceeded'
    default:
      return 'invalid_llm_response'
  }
}

/** Why a run that threw has ended. */
export function stopOf(thrown: unknown): StopReason {
  if (thrown instanceof Anthropic.APIConnectionTimeoutError || thrown instanceof Anthropic.APIUserAbortError) {
    return 'deadline'
  }
  if (!(thrown instanceof Anthropic.APIError)) return 'invalid_llm_response'
  // A sum with max_tokens that is too large is another error: a smaller max_tokens would mend it.
  return thrown.message.includes('prompt is too long') ? 'context_window_exceeded' : 'llm_api_error'
}
