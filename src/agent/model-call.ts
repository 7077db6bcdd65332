import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { Conversation } from './conversation.ts'
import { withDeadline } from './deadline.ts'
import { isModelFailure } from './model-errors.ts'
import { StopError } from './stop-error.ts'
import type { TaskRun } from './task-run.ts'
import { retryRule } from './task-run.ts'
import { withRetry } from './with-retry.ts'

/** The SDK's own timer must never fire before ours, which covers the body and is cleared with it. */
const sdkTimerMarginMs = 60_000

/**
 * Makes one logical model call; every attempt sends the same body.
 *
 * @throws the error of the last attempt as the SDK raised it; see {@link asStop}
 */
export async function callModel(conversation: Conversation, run: TaskRun): Promise<unknown> {
  const { client, settings, signal } = run
  const limitMs = settings.timeouts.modelMs
  const request = requestOf(conversation, run)
  const options = { maxRetries: 0, timeout: limitMs + sdkTimerMarginMs }
  return withRetry(retryRule(run, run.parts.isRetryable), () =>
    withDeadline('The model', limitMs, signal, (attemptSignal) =>
      client.chat.completions.create(request, { ...options, signal: attemptSignal }),
    ),
  )
}

/** The stop reason that a failed model call amounts to: no answer, or an answer that is not JSON. */
export function asStop(error: unknown): unknown {
  if (error instanceof StopError) return error
  if (error instanceof SyntaxError) return new StopError('invalid_llm_response', error.message, { cause: error })
  if (error instanceof Error && isModelFailure(error)) {
    return new StopError('llm_api_error', error.message, { cause: error })
  }
  return error
}

/** Forbidden tools are not offered: a model should not be led to ask for what it will not get. */
function requestOf(messages: Conversation, { settings }: TaskRun): ChatCompletionCreateParamsNonStreaming {
  const offered = settings.tools.filter((tool) => !settings.policy.forbidden.includes(tool.name))
  const tools = offered.map(({ name, description, jsonSchema }) => ({
    type: 'function' as const,
    function: { name, description, parameters: jsonSchema },
  }))
  const request = { model: settings.client.model, messages: [...messages] }
  return tools.length > 0 ? { ...request, tools } : request
}
