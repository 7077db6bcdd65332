import type { Conversation } from '../messages/conversation.ts'
import { contextKeeperOf } from '../model/turn-context.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { Compaction } from './compaction.ts'
import { summarySchema } from './context-options.ts'

/**
 * Compacts a conversation now, whether it is long or not, with a summary by the primary model.
 *
 * As much goes as a compaction of the option `context` gives up; null where there is nothing to give up. What comes of
 * a summary that fails is said in the result, and is no error.
 *
 * @throws {TypeError} without the option `context`
 * @throws what interrupted the task
 */
export async function summarizeConversation(conversation: Conversation, run: TaskRun): Promise<Compaction | null> {
  const { context } = run.settings
  if (!context)
    throw new TypeError('A conversation cannot be summed up without the option "context"; set it and retry.')
  const summary = context.summary ?? summarySchema.parse({})
  const settings = { ...run.settings, context: { ...context, summary } }
  const keeper = contextKeeperOf(run.shared.primary, { ...run, settings })
  return keeper?.compactNow(conversation) ?? null
}
