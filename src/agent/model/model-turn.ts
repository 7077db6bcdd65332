import { shrinkConversation } from '../memory/context-shrink.ts'
import type { CountedUsage } from '../memory/usage-estimate.ts'
import type { Conversation } from '../messages/conversation.ts'
import { shownReasoning } from '../messages/shown-reasoning.ts'
import type { ModelSource } from './endpoint.ts'
import { askModel } from './model-call.ts'
import { countedUsage } from './turn-usage.ts'
import { contextKeeperOf, memoryOf, withCurrentMemory } from './turn-context.ts'
import { withUsage } from '../events/usage-total.ts'
import { isContextOverflow } from '../errors/model-errors.ts'
import { asStop } from '../errors/model-failure.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'

/** A history that does not fit after two cuts is not going to. */
const maxShrinks = 2

/**
 * Gets the model's next reply, cutting the history where the provider says that it is too long.
 *
 * @returns the reply, and the conversation that it answers
 * @throws {StopError} with the reason that ends the task
 */
export async function nextTurn(
  conversation: Conversation,
  source: ModelSource,
  run: TaskRun,
): Promise<{ readonly reply: ModelReply; readonly conversation: Conversation }> {
  const keeper = contextKeeperOf(source, run)
  const memory = memoryOf(source, run)
  const remembered = memory ? await orStop(withCurrentMemory(conversation, memory, run)) : conversation
  let current = keeper ? await orStop(keeper.fit(remembered)) : remembered
  for (let shrinks = 0; ; shrinks++) {
    try {
      const reply = await askModel(current, source, 'turn', run)
      if (source === run.shared.primary) run.log.answered()
      heard(reply, countedUsage(reply, current, source, run), run)
      return { reply, conversation: current }
    } catch (error) {
      if (!isContextOverflow(error)) throw asStop(error, (run.log.failure?.attempts ?? 0) > 0)
      if (keeper) {
        current = await orStop(keeper.afterOverflow(current, error))
        continue
      }
      const smaller = shrinks < maxShrinks ? shrinkConversation(current) : null
      if (!smaller) throw new StopError('context_window_exceeded', 'The conversation does not fit.', { cause: error })
      current = smaller
    }
  }
}

/** What cuts the work on a request short ends the turn as it would have ended the call. */
async function orStop<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw asStop(error, false)
  }
}

function heard(
  { content, refusal, calls, reasoning, finishReason }: ModelReply,
  usage: CountedUsage,
  { log, step, tell, settings }: TaskRun,
): void {
  log.usage = withUsage(log.usage, usage)
  tell({
    type: 'reply',
    step,
    content: content ?? refusal,
    calls,
    reasoning: shownReasoning(reasoning, settings.reasoning),
    finishReason,
    usage,
  })
}
