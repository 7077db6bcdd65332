import { isFreshAnswer, questionKey } from './fallback/answer-cache.ts'
import type { CacheKey, IsFresh } from './fallback/answer-cache.ts'
import { exponentialBackoff } from './resilience/backoff.ts'
import type { Backoff } from './resilience/backoff.ts'
import { breakerParts } from './resilience/breaker-parts.ts'
import type { BreakerParts } from './resilience/breaker-parts.ts'
import { classifyCall } from './errors/call-class.ts'
import type { ClassifyCall } from './errors/call-class.ts'
import type { ChainOrder, ExhaustedStop } from './fallback/chain-link.ts'
import type { Provenance } from './task/claims.ts'
import { isRetryableModelError } from './errors/model-errors.ts'
import type { IsRetryable } from './errors/model-errors.ts'
import { guardByPolicy } from './policy/policy-guard.ts'
import type { Guard } from './policy/policy-guard.ts'
import { shorterLimits } from './resilience/probe-limits.ts'
import type { ProbeLimits } from './resilience/probe-limits.ts'
import { readRetryAfter } from './resilience/retry-after.ts'
import type { RetryAfter } from './resilience/retry-after.ts'
import { dropCutStream } from './providers/provider.ts'
import type { OnCutStream } from './providers/provider.ts'
import { toToolMessages } from './tools/tool-result-messages.ts'
import type { ToolResultMessages } from './tools/tool-result-messages.ts'
import { isRepeatable } from './tools/tool-retry.ts'
import type { ToolRetry } from './tools/tool-retry.ts'

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
