import { MaxTurnsExceededError, ModelBehaviorError, ModelRefusalError, ModelTimeoutError } from '@openai/agents'
import OpenAI from 'openai'
import type { StopReason } from 'shakedown'

/** Why a run of the OpenAI Agents SDK that threw has ended. */
export function stopOf(thrown: unknown): StopReason {
  if (thrown instanceof MaxTurnsExceededError) return 'max_steps'
  if (thrown instanceof ModelTimeoutError) return 'deadline'
  if (thrown instanceof ModelBehaviorError || thrown instanceof ModelRefusalError) return 'invalid_llm_response'
  if (!(thrown instanceof OpenAI.APIError)) return 'error'
  return thrown.code === 'context_length_exceeded' ? 'context_window_exceeded' : 'llm_api_error'
}
