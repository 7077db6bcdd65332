import { StopError } from '../errors/stop-error.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { PastCall } from '../rules/allowed-tools.ts'
import type { AgentTask } from '../task/outcome.ts'
import type { AgentStore } from './agent-store.ts'
import { KeptConversation } from './kept-conversation.ts'

/** Where a task stands that is about to ask its model. */
export interface TaskPosition {
  readonly conversation: Conversation
  /** The calls that ran, oldest first. */
  readonly calls: readonly PastCall[]
  readonly step: number
}

/**
 * Where a task stands by the store, which is only read; null where it is not about to ask its model: it was answered, or
 * the reply of its last step was kept.
 *
 * @param fresh the conversation of a task that the store does not know
 * @throws {StopError} where another task has had its id
 */
export async function keptRun(store: AgentStore, task: AgentTask, fresh: Conversation): Promise<TaskPosition | null> {
  const run = await store.runs.get(task.id)
  if (!run) return { conversation: fresh, calls: [], step: 1 }
  if (run.input !== task.input || run.user !== (task.user ?? null)) throw otherTask(run.id)
  if (run.status === 'completed') return null
  const steps = await store.steps.list(run.id)
  const last = steps.at(-1)
  const isPending = last !== undefined && last.status !== 'done'
  if (isPending && last.reply && last.reply.calls.length > 0) return null
  const conversation = await new KeptConversation(store, run.id, run.user).load()
  const step = isPending ? last.number : (last?.number ?? 0) + 1
  return { conversation, calls: steps.flatMap(({ calls }) => calls), step }
}

/** Why a task is not run whose id is taken. */
export function otherTask(id: string): StopError {
  return new StopError('error', `The task id "${id}" is that of another task; give each task an id of its own.`)
}
