import { interruptionOf } from '../errors/interruption.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { ModelSource } from '../model/endpoint.ts'
import { callModel, requestOf } from '../model/model-call.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { withinLimit } from '../resilience/time-limit.ts'
import { TaskLog } from '../task/task-log.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { Summarise } from './compaction.ts'
import type { SummarySettings } from './context-options.ts'
import { summaryConversation } from './summary-request.ts'
import type { TokenCounter } from './token-counter.ts'

/** Who sums up, and within what. */
export interface ModelSummariserParts {
  readonly source: ModelSource
  readonly settings: SummarySettings
  readonly windowTokens: number
  readonly counter: TokenCounter
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
  { source, settings, windowTokens, counter }: ModelSummariserParts,
  run: TaskRun,
): Summarise {
  const asked: ModelSource = { ...source, withTools: false, maxOutputTokens: settings.maxTokens, answerFormat: null }
  const fits = (conversation: Conversation): boolean =>
    counter.request(requestOf(conversation, asked, run)) + settings.maxTokens <= windowTokens
  return async (messages) => {
    const conversation = summaryConversation(messages, fits)
    const reply = conversation && (await ask(conversation, asked, settings, run))
    const summary = reply && usable(reply)
    return summary && counter.text(summary) <= settings.maxTokens ? summary : null
  }
}

/** The log is its own: a summary that failed is not why the task ends. What the guards refused was refused. */
async function ask(
  conversation: Conversation,
  source: ModelSource,
  { timeoutMs }: SummarySettings,
  run: TaskRun,
): Promise<ModelReply | null> {
  const log = new TaskLog()
  const limit = { limitMs: timeoutMs, overdue: (limitMs: number) => new TimeoutError('The summariser', limitMs) }
  try {
    return await withinLimit(limit, run, async (span) =>
      (await callModel(conversation, source, { ...run, ...span, log }))(),
    )
  } catch {
    if (run.signal.aborted) throw interruptionOf(run.signal)
    return null
  } finally {
    run.log.refusals.push(...log.refusals)
  }
}

function usable({ content, refusal, finishReason, calls }: ModelReply): string | null {
  const isWhole = finishReason !== 'length' && finishReason !== 'content_filter'
  return isWhole && !refusal && calls.length === 0 ? content?.trim() || null : null
}
