import { parseAgentOptions } from '../agent-options.ts'
import type { AgentOptions } from '../agent-options.ts'
import { defaultParts } from '../agent-parts.ts'
import type { AgentStore } from '../store/agent-store.ts'
import { KeptConversation } from '../store/kept-conversation.ts'
import { StoreError } from '../store/store-error.ts'
import type { StoreErrorKind } from '../store/store-error.ts'
import type { AgentTask } from '../task/outcome.ts'
import { openSharedState } from '../task/shared-state.ts'
import { startRun } from '../task/start-run.ts'
import type { TaskRun } from '../task/task-run.ts'
import { compactOnRequest } from './compaction-on-request.ts'
import type { SummaryFailure } from './model-summariser.ts'

/** Whose conversations are meant: that of one run, or those of an owner's runs that can still be taken up. */
export type WhichConversations = { readonly run: string } | { readonly owner: string }

/** What came of the conversation of one run. But for `summarized` it is as it was. */
export type SummarizedRun = { readonly run: string } & Summarized

type Summarized =
  | { readonly kind: 'summarized'; readonly summary: string; readonly evicted: number }
  | { readonly kind: 'nothing_to_give_up' | 'no_such_run' }
  /** The call for a summary failed, or what came of it is none. */
  | { readonly kind: 'no_summary'; readonly failure: SummaryFailure }
  /** Somebody went on with the run while it was summed up. */
  | { readonly kind: 'changed_meanwhile' }
  | { readonly kind: 'store_failed'; readonly failure: StoreErrorKind }

/**
 * Sums up conversations that the store of an agent keeps, now, whether they are long or not.
 *
 * One model call for each, within the limits of the options `context.summary` and `retry`; then one write, of everything
 * or of nothing. What is given up stays in the store, where recall finds it. A process that is at the run at the same
 * time has the run ended with `error`, as its messages are no longer where it has put them; the task can be handed over
 * again.
 *
 * @param options those of the agent; `store` and `context` must be among them
 * @throws {TypeError} one sentence, where an option is wrong or missing
 * @throws {StoreError} where the store does not tell which runs an owner has
 * @throws {CancelledError} where the signal is aborted; what has been summed up stays so
 */
export async function summarizeConversation(
  options: AgentOptions,
  which: WhichConversations,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<SummarizedRun[]> {
  const settings = parseAgentOptions(options)
  const { store, context } = settings
  if (!store || !context) {
    throw new TypeError(
      `A kept conversation cannot be summed up without the option "${store ? 'context' : 'store'}"; set it and retry.`,
    )
  }
  const shared = openSharedState(settings, defaultParts)
  const made: SummarizedRun[] = []
  for (const run of await runsOf(store, which, signal)) {
    const asRun = (task: AgentTask): TaskRun => startRun(task, { settings, parts: defaultParts, shared }, { signal })
    made.push({ run, ...(await summarized(run, store, asRun)) })
  }
  return made
}

async function runsOf(store: AgentStore, which: WhichConversations, signal: AbortSignal): Promise<readonly string[]> {
  if ('run' in which) return [which.run]
  const runs = await store.runs.list(null, { signal })
  return runs.filter(({ user, status }) => user === which.owner && status !== 'completed').map(({ id }) => id)
}

async function summarized(id: string, store: AgentStore, asRun: (task: AgentTask) => TaskRun): Promise<Summarized> {
  try {
    const kept = await store.runs.get(id)
    if (!kept) return { kind: 'no_such_run' }
    const conversation = new KeptConversation(store, id, kept.user)
    const run = asRun({ id, input: kept.input, user: kept.user ?? undefined })
    const compaction = await compactOnRequest(await conversation.load(), run)
    if (compaction.kind !== 'summarized') return compaction
    const { kind, summary, evicted, conversation: smaller } = compaction
    return (await conversation.hasKept(smaller)) ? { kind, summary, evicted } : { kind: 'changed_meanwhile' }
  } catch (error) {
    if (error instanceof StoreError) return { kind: 'store_failed', failure: error.kind }
    throw error
  }
}
