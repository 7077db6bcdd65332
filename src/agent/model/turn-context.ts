import { interruptionOf } from '../errors/interruption.ts'
import type { AgentMemory } from '../memory/agent-memory.ts'
import { checkedCounter } from '../memory/checked-counter.ts'
import { ContextKeeper } from '../memory/context-keeper.ts'
import { withMemory } from '../memory/memory-part.ts'
import { modelSummariser } from '../memory/model-summariser.ts'
import type { SummaryFailure } from '../memory/model-summariser.ts'
import { tokenCounterFor } from '../memory/token-counter.ts'
import type { Conversation } from '../messages/conversation.ts'
import { withDeadline } from '../resilience/deadline.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { ModelSource } from './endpoint.ts'
import { requestOf } from './model-call.ts'

/**
 * The keeper of the primary's window for one step; null without the option, and for a fallback, whose window is another.
 *
 * @param onFailure told why a summary is not to be had
 */
export function contextKeeperOf(
  source: ModelSource,
  run: TaskRun,
  onFailure?: (failure: SummaryFailure) => void,
): ContextKeeper | null {
  const { context, client } = run.settings
  if (!context || source !== run.shared.primary) return null
  const known = tokenCounterFor(client.provider)
  const counter = context.counter ? checkedCounter(context.counter, known) : known
  const { summary, windowTokens } = context
  return new ContextKeeper({
    settings: context,
    counter,
    requestOf: (conversation) => requestOf(conversation, source, run),
    summarise: summary && modelSummariser({ source, settings: summary, windowTokens, counter, onFailure }, run),
  })
}

/** What the primary is told that the agent remembers; null without the option, and for a fallback. */
export function memoryOf(source: ModelSource, run: TaskRun): AgentMemory | null {
  return source === run.shared.primary ? (run.settings.memory ?? null) : null
}

/** The conversation with the memory as it is now, or as it was, where it is not there within the limit of a tool. */
export async function withCurrentMemory(
  conversation: Conversation,
  memory: AgentMemory,
  run: TaskRun,
): Promise<Conversation> {
  const { instructions } = run.settings
  return withMemory(conversation, instructions, await memoryText(memory, run))
}

/** A memory that hangs must not hold the step up longer than a tool could. */
async function memoryText(memory: AgentMemory, { task, settings, signal }: TaskRun): Promise<string> {
  try {
    return await withDeadline('The memory', settings.timeouts.toolMs, signal, (limited) =>
      memory.text(task.id, { signal: limited }),
    )
  } catch {
    if (signal.aborted) throw interruptionOf(signal)
    return memory.lastText
  }
}
