import type { Conversation } from '../messages/conversation.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { JsonObject } from '../tools/canonical-json.ts'
import type { TaskListener } from './task-event.ts'
import type { UsageTotal } from './usage-total.ts'

/** Which model is asked, and where. */
export interface ModelAddress {
  readonly provider: string
  readonly model: string
  readonly baseURL: string
}

/** A task is about to be run. */
export interface TaskBegun {
  readonly task: AgentTask
  /** The primary. */
  readonly address: ModelAddress
  /** Values that nobody who looks on may show. */
  readonly secrets: readonly string[]
}

/** What a task came to. */
export interface TaskEnded {
  readonly outcome: AgentOutcome
  readonly steps: number
  /** Null where the agent told nothing of it. */
  readonly usage: UsageTotal | null
}

export interface StepBegun {
  /** From 1. */
  readonly step: number
}

/** A model is about to be asked; retries are part of it. */
export interface ModelCallBegun {
  readonly step: number
  /** Whether the reply is the next turn of the task, or a summary of its history. */
  readonly purpose: 'turn' | 'summary'
  readonly address: ModelAddress
  readonly maxOutputTokens: number | null
  readonly isStreamed: boolean
  readonly messages: Conversation
}

/** A tool is about to be run; retries are part of it. */
export interface ToolCallBegun {
  readonly step: number
  readonly callId: string
  readonly tool: string
  readonly description: string
  readonly arguments: JsonObject
}

/** Watches something to its end; one of the last two is called, once. */
export interface Watch<Result> {
  /** Does the work, in an async context of the observer's liking. */
  within<Value>(work: () => Value): Value
  succeeded(result: Result): void
  failed(error: unknown): void
}

/**
 * Looks on at what an agent does, and changes nothing of it: whatever an observer throws is dropped, and the work is
 * done once, whether it is done within or not.
 */
export interface TaskObserver {
  task?(about: TaskBegun): Watch<TaskEnded> | undefined
  step?(about: StepBegun): Watch<unknown> | undefined
  modelCall?(about: ModelCallBegun): Watch<ModelReply> | undefined
  toolCall?(about: ToolCallBegun): Watch<unknown> | undefined
  /** Hears the events of the task, each in the async context of what it is about. */
  hear?: TaskListener
}
