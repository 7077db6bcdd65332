import { exponentialBackoff } from './backoff.ts'
import type { Backoff } from './backoff.ts'
import { isRetryableModelError } from './model-errors.ts'
import type { IsRetryable } from './model-errors.ts'
import { guardByPolicy } from './policy-guard.ts'
import type { Guard } from './policy-guard.ts'
import { readRetryAfter } from './retry-after.ts'
import type { RetryAfter } from './retry-after.ts'
import { toToolMessages } from './tool-result-messages.ts'
import type { ToolResultMessages } from './tool-result-messages.ts'
import { isRepeatable } from './tool-retry.ts'
import type { ToolRetry } from './tool-retry.ts'

/** The decisions of the agent, each replaceable alone, so that a variant differs in exactly one behaviour. */
export interface AgentParts {
  readonly isRetryable: IsRetryable
  readonly backoff: Backoff
  readonly retryAfter: RetryAfter
  readonly toolRetry: ToolRetry
  readonly guard: Guard
  readonly toolResultMessages: ToolResultMessages
  /** Whether the task has used up its model replies. */
  readonly stepLimit: (replies: number, maxSteps: number) => boolean
}

/** The decisions as they should be. */
export const defaultParts: AgentParts = {
  isRetryable: isRetryableModelError,
  backoff: exponentialBackoff,
  retryAfter: readRetryAfter,
  toolRetry: isRepeatable,
  guard: guardByPolicy,
  toolResultMessages: toToolMessages,
  stepLimit: (replies, maxSteps) => replies >= maxSteps,
}
