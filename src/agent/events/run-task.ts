import type { ErrorClass } from '../errors/error-class.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import type { AgentTask, StopReason } from '../task/outcome.ts'
import { streamMessages } from './stream-messages.ts'
import { noUsage } from './usage-total.ts'
import type { UsageTotal } from './usage-total.ts'
import type { MessageShape, TaskMessage } from './task-message.ts'

/** A task with all that was said and done in it. */
export interface TaskReport {
  readonly messages: readonly TaskMessage[]
  readonly stop: StopReason
  readonly answer: string | null
  /** What the failure comes to that ended the task; null where none did. */
  readonly errorClass: ErrorClass | null
  readonly usage: UsageTotal
  readonly steps: number
}

/** Runs a task and gives its messages once it has ended. It never throws. */
export async function runTask(
  agent: ReferenceAgent,
  task: AgentTask,
  options: MessageShape & { readonly signal?: AbortSignal } = {},
): Promise<TaskReport> {
  const messages: TaskMessage[] = []
  let report: Omit<TaskReport, 'messages'> = { stop: 'error', answer: null, errorClass: null, usage: noUsage, steps: 0 }
  for await (const chunk of streamMessages(agent, task, options)) {
    if (chunk.type === 'message') messages.push(chunk.message)
    else if (chunk.type !== 'token' && chunk.type !== 'void') report = { ...report, ...withoutType(chunk) }
  }
  return { ...report, messages }
}

function withoutType<Chunk extends { readonly type: string }>({ type: _type, ...rest }: Chunk): Omit<Chunk, 'type'> {
  return rest
}
