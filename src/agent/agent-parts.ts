import { isFreshAnswer, questionKey } from './answer-cache.ts'
import type { CacheKey, IsFresh } from './answer-cache.ts'
import { exponentialBackoff } from './backoff.ts'
import type { Backoff } from './backoff.ts'
import { breakerParts } from './breaker-parts.ts'
import type { BreakerParts } from './breaker-parts.ts'
import { classifyCall } from './call-class.ts'
import type { ClassifyCall } from './call-class.ts'
import type { ChainOrder, ExhaustedStop } from './chain-link.ts'
import type { Provenance } from './claims.ts'
import { isRetryableModelError } from './model-errors.ts'
import type { IsRetryable } from './model-errors.ts'
import { guardByPolicy } from './policy-guard.ts'
import type { Guard } from './policy-guard.ts'
import { shorterLimits } from './probe-limits.ts'
import type { ProbeLimits } from './probe-limits.ts'
import { readRetryAfter } from './retry-after.ts'
import type { RetryAfter } from './retry-after.ts'
import { dropCutStream } from './stream-reply.ts'
import type { OnCutStream } from './stream-reply.ts'
import { toToolMessages } from './tool-result-messages.ts'
import type { ToolResultMessages } from './tool-result-messages.ts'
import { isRepeatable } from './tool-retry.ts'
import type { ToolRetry } from './tool-retry.ts'

/** The decisions of the agent, each replaceable alone, so that a variant differs in exactly one behaviour. */
export interface AgentParts extends BreakerParts {
  readonly isRetryable: IsRetryable
  readonly backoff: Backoff
  readonly retryAfter: RetryAfter
  readonly toolRetry: ToolRetry
  readonly guard: Guard
  readonly toolResultMessages: ToolResultMessages
  /** Whether the task has used up its model replies. */
  readonly stepLimit: (replies: number, maxSteps: number) => boolean
  readonly classifyCall: ClassifyCall
  /** Whether an attempt that ended so gives its slot of the bulkhead back; the error is undefined after a success. */
  readonly returnsSlot: (error: unknown) => boolean
  readonly probeLimits: ProbeLimits
  readonly cutStream: OnCutStream
  readonly chainOrder: ChainOrder
  readonly cacheKey: CacheKey
  readonly isFresh: IsFresh
  readonly exhaustedStop: ExhaustedStop
  readonly provenance: Provenance
}

/** The decisions as they should be. */
export const defaultParts: AgentParts = {
  ...breakerParts,
  isRetryable: isRetryableModelError,
  backoff: exponentialBackoff,
  retryAfter: readRetryAfter,
  toolRetry: isRepeatable,
  guard: guardByPolicy,
  toolResultMessages: toToolMessages,
  stepLimit: (replies, maxSteps) => replies >= maxSteps,
  classifyCall,
  returnsSlot: () => true,
  probeLimits: shorterLimits,
  cutStream: dropCutStream,
  chainOrder: (links) => links,
  cacheKey: questionKey,
  isFresh: isFreshAnswer,
  exhaustedStop: (stop) => stop,
  provenance: (claims) => claims,
}
