import type { ErrorClass } from '../errors/error-class.ts'
import type { Reasoning, RequestedCall } from '../messages/message.ts'
import type { FinishReason, ReplyDelta, Usage } from '../providers/model-reply.ts'
import type { StoreErrorKind } from '../store/store-error.ts'
import type { AgentOutcome } from '../task/outcome.ts'

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
      /** Null where the provider told nothing. */
      readonly usage: Usage | null
    }
  | { readonly type: 'tool_result'; readonly step: number; readonly callId: string; readonly content: string }
  /** The store could not be asked for, or told, what breakers and kept answers stand at; the task goes on without. */
  | { readonly type: 'store_failed'; readonly operation: 'read' | 'write'; readonly kind: StoreErrorKind }
  /** The last event, whatever happened: with the outcome, and the tokens of all replies together. */
  | { readonly type: 'ended'; readonly outcome: AgentOutcome; readonly steps: number; readonly usage: UsageTotal }

export type TaskEventType = TaskEvent['type']

/** The tokens of several replies. */
export interface UsageTotal {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
  readonly cacheWriteTokens: number
  readonly reasoningTokens: number
  /** Replies of which the provider told no usage: what they cost is missing from the rest. */
  readonly repliesWithoutUsage: number
}

/** Hears what a task does. */
export type TaskListener = (event: TaskEvent) => void

export const noUsage: UsageTotal = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  repliesWithoutUsage: 0,
}

/** The total with one more reply in it. */
export function withUsage(total: UsageTotal, usage: Usage | null): UsageTotal {
  if (usage === null) return { ...total, repliesWithoutUsage: total.repliesWithoutUsage + 1 }
  return {
    ...total,
    inputTokens: total.inputTokens + usage.inputTokens,
    outputTokens: total.outputTokens + usage.outputTokens,
    cachedInputTokens: total.cachedInputTokens + (usage.cachedInputTokens ?? 0),
    cacheWriteTokens: total.cacheWriteTokens + (usage.cacheWriteTokens ?? 0),
    reasoningTokens: total.reasoningTokens + (usage.reasoningTokens ?? 0),
  }
}

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
