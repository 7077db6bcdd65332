import type { ProfileInput } from 'shakedown'

type BreakerInput = NonNullable<ProfileInput['breaker']>

/** What opossum 10 documents of `halfOpen`: the first call after `resetTimeout` decides, others are rejected. */
export const opossumHalfOpen = {
  cooldownMs: 30_000,
  probesAtOnce: 1,
  probesToClose: 1,
  whileProbing: 'refuse',
  rateLimitsCount: true,
  indeterminateCounts: true,
} satisfies Partial<BreakerInput>

/**
 * What opossum 10 documents of its default options.
 *
 * The rate is compared with `>` (README, "Calculating errorThresholdPercentage"), over a rolling window of 10 seconds;
 * `volumeThreshold` is 0, so that one call is enough.
 */
export const opossumRule: BreakerInput = {
  ...opossumHalfOpen,
  failureRate: { threshold: 0.5, window: { ms: 10_000 }, minimumCalls: 1, opens: 'above' },
}
