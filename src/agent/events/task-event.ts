import type { ErrorClass } from '../errors/error-class.ts'
import type { Reasoning, RequestedCall } from '../messages/message.ts'
import type { CountedUsage } from '../memory/usage-estimate.ts'
import type { FinishReason, ReplyDelta } from '../providers/model-reply.ts'
import type { RunStatus } from '../steps/run-status.ts'
import type { StepFailure } from '../steps/step-failure.ts'
import type { RequestMetrics, StepCost } from '../steps/step-metrics.ts'
import type { StepProgression } from '../steps/step-progression.ts'
import type { StoreErrorKind } from '../store/store-error.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import type { JsonObject } from '../tools/canonical-json.ts'
import type { UsageTotal } from './usage-total.ts'

/** What a task does while it runs, in the order in which it does it. Steps count from 1. */
export type TaskEvent =
  | { readonly type: 'step_started'; readonly step: number }
  /** A piece of a reply that is on its way; only where replies are streamed. */
  | { readonly type: 'delta'; readonly step: number; readonly delta: ReplyDelta }
  /** An attempt has failed: the pieces that it brought since the last reply are void. */
  | { readonly type: 'attempt_failed'; readonly step: number; readonly errorClass: ErrorClass }
  | {
      readonly type: 'reply'
      readonly step: number
      readonly content: string | null
      readonly calls: readonly RequestedCall[]
      /** As much of it as the option `reasoning` lets be told. */
      readonly reasoning: readonly Reasoning[]
      readonly finishReason: FinishReason | null
      /** Estimated where the provider told nothing. */
      readonly usage: CountedUsage
    }
  | { readonly type: 'tool_result'; readonly step: number; readonly callId: string; readonly content: string }
  /** A call waits for a decision: the task is about to end with `requires_approval`. */
  | {
      readonly type: 'approval_requested'
      readonly step: number
      readonly callId: string
      readonly tool: string
      readonly arguments: JsonObject
    }
  /** The store could not be asked for, or told, what breakers and kept answers stand at; the task goes on without. */
  | { readonly type: 'store_failed'; readonly operation: 'read' | 'write'; readonly kind: StoreErrorKind }
  /** A step has come so far. */
  | { readonly type: 'step_progressed'; readonly step: number; readonly progression: StepProgression }
  /** A step is over, or waits for an approval: with what it has cost, and why it failed. */
  | ({
      readonly type: 'step_ended'
      readonly step: number
      readonly status: 'done' | 'failed' | 'waiting'
      readonly progression: StepProgression
      readonly failure: StepFailure | null
    } & StepCost)
  /** Something beside the task has failed, and the task goes on without it. */
  | {
      readonly type: 'aside_failed'
      readonly step: number
      readonly what: 'cancellation_check' | 'trace'
      readonly message: string
    }
  /** The last event, whatever happened: with the outcome, and the tokens of all replies together. */
  | ({
      readonly type: 'ended'
      readonly outcome: AgentOutcome
      /** What the failure comes to that ended the task; null where none did. */
      readonly errorClass: ErrorClass | null
      readonly status: RunStatus
      readonly steps: number
      readonly usage: UsageTotal
    } & RequestMetrics)

export type TaskEventType = TaskEvent['type']

/** Hears what a task does. */
export type TaskListener = (event: TaskEvent) => void

/** A listener that cannot fail the task: whoever looks on changes nothing. */
export function harmless(listener: TaskListener | undefined): TaskListener {
  if (listener === undefined) return () => {}
  return (event) => {
    try {
      listener(event)
    } catch {
      // Its trouble is its own.
    }
  }
}
