import { APICallError, type FinishReason, InvalidResponseDataError, JSONParseError, RetryError } from 'ai'
import type { StopReason } from 'shakedown'

/** Why a run that returned has ended, in the words of the contract. */
export function stopAfter(finishReason: FinishReason): StopReason {
  switch (finishReason) {
    case 'stop':
      return 'end_turn'
    // The loop goes on by itself after tool calls, so that only its step limit ends it here.
    case 'tool-calls':
      return 'max_steps'
    default:
      return 'invalid_llm_response'
  }
}

/** Why a run that threw has ended. */
export function stopOf(thrown: unknown): StopReason {
  const error = RetryError.isInstance(thrown) ? thrown.lastError : thrown
  if (JSONParseError.isInstance(error) || InvalidResponseDataError.isInstance(error)) return 'invalid_llm_response'
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'deadline'
  if (!APICallError.isInstance(error)) return 'error'
  if (error.responseBody?.includes('"context_length_exceeded"') === true) return 'context_window_exceeded'
  return error.statusCode === 200 ? 'invalid_llm_response' : 'llm_api_error'
}
