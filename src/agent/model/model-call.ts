import { classifyModelError } from '../errors/error-class.ts'
import type { Conversation } from '../messages/conversation.ts'
import { observed } from '../events/observed.ts'
import type { ModelCallBegun } from '../events/observer.ts'
import { sentReasoning } from '../messages/shown-reasoning.ts'
import type { ModelReply, ReplyDelta } from '../providers/model-reply.ts'
import type { AttemptWatch, ModelRequest, PreparedRequest, UnreadReply } from '../providers/provider.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { withRetry } from '../resilience/with-retry.ts'
import type { TaskRun } from '../task/task-run.ts'
import { retryRule } from '../task/task-run.ts'
import { noOffer, offerOf } from '../tools/tool-offer.ts'
import type { ModelSource } from './endpoint.ts'
import { sendGuarded } from './guarded-attempt.ts'

/** The SDK's own timer must never fire before ours, which covers the body and is cleared with it. */
const sdkTimerMarginMs = 60_000

/**
 * Makes one logical model call; every attempt sends the same body and passes the guards of the endpoint by itself.
 *
 * @throws the error of the last attempt as the SDK raised it, or a guard's refusal
 */
export async function callModel(conversation: Conversation, source: ModelSource, run: TaskRun): Promise<UnreadReply> {
  const request = source.endpoint.provider.prepare(requestOf(conversation, source, run))
  const sent = { attempts: 0, lastError: undefined as unknown }
  try {
    return await withRetry(retryRule(run, run.parts.isRetryable), (attempt) =>
      sendGuarded(source.endpoint, attempt, run, async (isProbe) => {
        sent.attempts += 1
        const trace = run.traces?.begin({ step: run.step || run.log.step, upstream: source.endpoint.name })
        try {
          const reply = await send(request, isProbe, run, trace)
          trace?.ended(null)
          return reply
        } catch (error) {
          trace?.ended(error)
          sent.lastError = error
          run.tell({ type: 'attempt_failed', step: run.step, errorClass: classifyModelError(error) })
          throw error
        }
      }),
    )
  } catch (error) {
    run.log.failed(source.endpoint.name, sent.attempts, sent.lastError)
    throw error
  }
}

/**
 * Makes one logical model call and reads its reply, before the eyes of the observer, where the agent has one.
 *
 * @throws as {@link callModel} does, or as the reply is no reply
 */
export function askModel(
  messages: Conversation,
  source: ModelSource,
  purpose: ModelCallBegun['purpose'],
  run: TaskRun,
): Promise<ModelReply> {
  const { step, settings } = run
  const { endpoint, model, maxOutputTokens } = source
  const address = { model, provider: endpoint.address.provider, baseURL: endpoint.address.baseURL }
  const about = { step, purpose, address, maxOutputTokens, isStreamed: settings.stream, messages }
  return observed(
    () => settings.observer?.modelCall?.(about),
    async () => (await callModel(messages, source, run))(),
  )
}

async function send(
  request: PreparedRequest,
  isProbe: boolean,
  { settings, parts, step, tell, signal: around }: TaskRun,
  watch: AttemptWatch | undefined,
): Promise<UnreadReply> {
  const { timeouts, breaker, stream, reasoning } = settings
  const { modelMs, firstTokenMs, idleMs } = isProbe ? parts.probeLimits(timeouts, breaker?.probeTimeoutMs) : timeouts
  const onDelta = (delta: ReplyDelta): void => {
    if (delta.kind !== 'reasoning' || reasoning === 'keep') tell({ type: 'delta', step, delta })
  }
  const headersMs = timeouts.headersMs ?? modelMs + sdkTimerMarginMs
  const limits = { headersMs, firstTokenMs, idleMs }
  let whole: ModelReply | null = null
  const onWhole = (reply: ModelReply): void => {
    whole = reply
  }
  try {
    return await withDeadline('The model', modelMs, around, (signal) =>
      request.send({ signal, ...limits, stream, onCut: parts.cutStream, onDelta, watch, onWhole }),
    )
  } catch (error) {
    const reply: ModelReply | null = whole
    if (reply === null || around.aborted) throw error
    return () => reply
  }
}

/** What is asked of a model: the conversation, with the tools that may be called next. */
export function requestOf(
  messages: Conversation,
  { model, withTools, maxOutputTokens, answerFormat }: ModelSource,
  run: TaskRun,
): ModelRequest {
  const { tools, toolChoice } = withTools ? offerOf(run) : noOffer
  return {
    model,
    messages: sentReasoning(messages, run.settings.reasoning),
    tools,
    toolChoice,
    maxOutputTokens,
    answerFormat,
  }
}
