import type { CountedUsage } from '../memory/usage-estimate.ts'

/** The tokens of several replies. */
export interface UsageTotal {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
  readonly cacheWriteTokens: number
  readonly reasoningTokens: number
  /** Replies whose usage the provider did not tell: their tokens are the agent's own count. */
  readonly repliesEstimated: number
}

export const noUsage: UsageTotal = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  repliesEstimated: 0,
}

/** The total with one more reply in it. */
export function withUsage(total: UsageTotal, usage: CountedUsage): UsageTotal {
  return sumOfUsage(total, {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cachedInputTokens: usage.cachedInputTokens ?? 0,
    cacheWriteTokens: usage.cacheWriteTokens ?? 0,
    reasoningTokens: usage.reasoningTokens ?? 0,
    repliesEstimated: usage.isEstimated ? 1 : 0,
  })
}

/** Both together. */
export function sumOfUsage(one: UsageTotal, other: UsageTotal): UsageTotal {
  return combined(one, other, (a, b) => a + b)
}

/** What has come since a total was taken. */
export function usageSince(before: UsageTotal, now: UsageTotal): UsageTotal {
  return combined(now, before, (a, b) => a - b)
}

function combined(one: UsageTotal, other: UsageTotal, combine: (a: number, b: number) => number): UsageTotal {
  return {
    inputTokens: combine(one.inputTokens, other.inputTokens),
    outputTokens: combine(one.outputTokens, other.outputTokens),
    cachedInputTokens: combine(one.cachedInputTokens, other.cachedInputTokens),
    cacheWriteTokens: combine(one.cacheWriteTokens, other.cacheWriteTokens),
    reasoningTokens: combine(one.reasoningTokens, other.reasoningTokens),
    repliesEstimated: combine(one.repliesEstimated, other.repliesEstimated),
  }
}
