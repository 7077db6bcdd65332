import { classifyModelError } from '../errors/error-class.ts'
import type { ErrorClass } from '../errors/error-class.ts'
import { interruptionOf } from '../errors/interruption.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { ModelSource } from '../model/endpoint.ts'
import { askModel, requestOf } from '../model/model-call.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { withUsage } from '../events/usage-total.ts'
import type { TaskListener } from '../events/task-event.ts'
import { countedUsage } from '../model/turn-usage.ts'
import { withinLimit } from '../resilience/time-limit.ts'
import { TaskLog } from '../task/task-log.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { Summarise } from './compaction.ts'
import type { SummarySettings } from './context-options.ts'
import { summaryConversation } from './summary-request.ts'
import type { TokenCounter } from './token-counter.ts'

/**
 * Why there is no summary: the class of the call's failure, or what is wrong with the reply.
 *
 * `does_not_fit`: not even one message can be sent. `not_shorter`: it is longer than what it stands for.
 */
export type SummaryFailure =
  | ErrorClass
  | 'does_not_fit'
  | 'empty'
  | 'cut_off'
  | 'filtered'
  | 'declined'
  | 'asked_for_tools'
  | 'too_long'
  | 'not_shorter'

/** Who sums up, and within what. */
export interface ModelSummariserParts {
  readonly source: ModelSource
  readonly settings: SummarySettings
  readonly windowTokens: number
  readonly counter: TokenCounter
  /** Told why there is no summary. */
  readonly onFailure?: ((failure: SummaryFailure) => void) | undefined
}

/**
 * Lets a model sum messages up: a call of its own, past the guards of its endpoint, with retries and time limits.
 *
 * There is no summary where the call fails, is refused or takes too long, and where the reply is empty, longer than
 * allowed, cut off, a refusal, or asks for tools. None of that is a failure of the task.
 *
 * @throws what interrupted the task or step, and nothing else
 */
export function modelSummariser(
  { source, settings, windowTokens, counter, onFailure = () => {} }: ModelSummariserParts,
  run: TaskRun,
): Summarise {
  const asked: ModelSource = { ...source, withTools: false, maxOutputTokens: settings.maxTokens, answerFormat: null }
  const fits = (conversation: Conversation): boolean =>
    counter.request(requestOf(conversation, asked, run)) + settings.maxTokens <= windowTokens
  let isRefused = false
  return async (messages) => {
    // A breaker that refused is not asked again in the same step.
    if (isRefused) {
      onFailure('refused')
      return null
    }
    const conversation = summaryConversation(messages, fits)
    const reply: ModelReply | SummaryFailure = conversation
      ? await ask(conversation, asked, settings, run)
      : 'does_not_fit'
    isRefused = reply === 'refused'
    const summary = typeof reply === 'string' ? { failure: reply } : usable(reply, settings, counter)
    if ('text' in summary) return summary.text
    onFailure(summary.failure)
    return null
  }
}

/** The log is its own: a summary that failed is not why the task ends. What the guards refused was refused. */
async function ask(
  conversation: Conversation,
  source: ModelSource,
  { timeoutMs }: SummarySettings,
  run: TaskRun,
): Promise<ModelReply | ErrorClass> {
  const log = new TaskLog()
  // The pieces of a summary are none of the answer's.
  const tell: TaskListener = (event) => {
    if (event.type !== 'delta') run.tell(event)
  }
  const limit = { limitMs: timeoutMs, overdue: (limitMs: number) => new TimeoutError('The summariser', limitMs) }
  try {
    const reply = await withinLimit(limit, run, (span) =>
      askModel(conversation, source, 'summary', { ...run, ...span, log, tell }),
    )
    run.log.usage = withUsage(run.log.usage, countedUsage(reply, conversation, source, run))
    return reply
  } catch (error) {
    if (run.signal.aborted) throw interruptionOf(run.signal)
    return classifyModelError(error)
  } finally {
    run.log.refusals.push(...log.refusals)
  }
}

function usable(
  { content, refusal, finishReason, calls }: ModelReply,
  { maxTokens }: SummarySettings,
  counter: TokenCounter,
): { readonly text: string } | { readonly failure: SummaryFailure } {
  const text = content?.trim() ?? ''
  if (finishReason === 'length') return { failure: 'cut_off' }
  if (finishReason === 'content_filter') return { failure: 'filtered' }
  if (refusal) return { failure: 'declined' }
  if (calls.length > 0) return { failure: 'asked_for_tools' }
  if (text === '') return { failure: 'empty' }
  return counter.text(text) > maxTokens ? { failure: 'too_long' } : { text }
}
