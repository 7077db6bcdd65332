import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { Conversation } from '../memory/conversation.ts'
import { withDeadline } from '../resilience/deadline.ts'
import type { ModelSource } from './endpoint.ts'
import { sendGuarded } from './guarded-attempt.ts'
import { streamReply } from './stream-reply.ts'
import type { TaskRun } from '../task/task-run.ts'
import { retryRule } from '../task/task-run.ts'
import { withRetry } from '../resilience/with-retry.ts'

/** The SDK's own timer must never fire before ours, which covers the body and is cleared with it. */
const sdkTimerMarginMs = 60_000

/**
 * Makes one logical model call; every attempt sends the same body and passes the guards of the endpoint by itself.
 *
 * @returns the reply as JSON, put together again where it was streamed
 * @throws the error of the last attempt as the SDK raised it, or a guard's refusal
 */
export async function callModel(conversation: Conversation, source: ModelSource, run: TaskRun): Promise<unknown> {
  const request = requestOf(conversation, source, run)
  const sent = { attempts: 0, lastError: undefined as unknown }
  try {
    return await withRetry(retryRule(run, run.parts.isRetryable), (attempt) =>
      sendGuarded(source.endpoint, attempt, run, async (isProbe) => {
        sent.attempts += 1
        try {
          return await send(request, source, isProbe, run)
        } catch (error) {
          sent.lastError = error
          throw error
        }
      }),
    )
  } catch (error) {
    run.log.failed(source.endpoint.name, sent.attempts, sent.lastError)
    throw error
  }
}

async function send(
  request: ChatCompletionCreateParamsNonStreaming,
  { endpoint: { client } }: ModelSource,
  isProbe: boolean,
  { settings, parts, signal: around }: TaskRun,
): Promise<unknown> {
  const { timeouts, breaker, stream } = settings
  const { modelMs, firstTokenMs, idleMs } = isProbe ? parts.probeLimits(timeouts, breaker?.probeTimeoutMs) : timeouts
  const options = { maxRetries: 0, timeout: timeouts.headersMs ?? modelMs + sdkTimerMarginMs }
  return withDeadline('The model', modelMs, around, (signal): Promise<unknown> =>
    stream
      ? streamReply(client, request, { ...options, signal, firstTokenMs, idleMs, onCut: parts.cutStream })
      : client.chat.completions.create(request, { ...options, signal }),
  )
}

/** Forbidden tools are not offered: a model should not be led to ask for what it will not get. */
function requestOf(
  messages: Conversation,
  { model, withTools }: ModelSource,
  { settings }: TaskRun,
): ChatCompletionCreateParamsNonStreaming {
  const offered = withTools ? settings.tools.filter((tool) => !settings.policy.forbidden.includes(tool.name)) : []
  const tools = offered.map(({ name, description, jsonSchema }) => ({
    type: 'function' as const,
    function: { name, description, parameters: jsonSchema },
  }))
  const request = { model, messages: [...messages] }
  return tools.length > 0 ? { ...request, tools } : request
}
