import type { Conversation } from '../messages/conversation.ts'
import { contextKeeperOf } from '../model/turn-context.ts'
import type { TaskRun } from '../task/task-run.ts'
import { summarySchema } from './context-options.ts'
import type { SummaryFailure } from './model-summariser.ts'

/** What came of a compaction that was asked for. Where there is no summary, the conversation is left as it is. */
export type RequestedCompaction =
  | {
      readonly kind: 'summarized'
      readonly conversation: Conversation
      readonly summary: string
      readonly evicted: number
    }
  | { readonly kind: 'nothing_to_give_up' }
  | { readonly kind: 'no_summary'; readonly failure: SummaryFailure }

/**
 * Compacts a conversation now, whether it is long or not: as much goes as a compaction of the option `context` gives up,
 * and a summary by the primary model takes its place.
 *
 * @throws {TypeError} without the option `context`
 * @throws what interrupted the task
 */
export async function compactOnRequest(conversation: Conversation, run: TaskRun): Promise<RequestedCompaction> {
  const { context } = run.settings
  if (!context)
    throw new TypeError('A conversation cannot be summed up without the option "context"; set it and retry.')
  const summary = context.summary ?? summarySchema.parse({})
  const settings = { ...run.settings, context: { ...context, summary } }
  // A summary that came and was not used took more room than what it was to stand for.
  let failure: SummaryFailure = 'not_shorter'
  const keeper = contextKeeperOf(run.shared.primary, { ...run, settings }, (why) => (failure = why))
  const compaction = await keeper?.compactNow(conversation)
  if (!compaction) return { kind: 'nothing_to_give_up' }
  if (compaction.summary === null) return { kind: 'no_summary', failure }
  const { conversation: smaller, evicted } = compaction
  return { kind: 'summarized', conversation: smaller, summary: compaction.summary, evicted: evicted.length }
}
