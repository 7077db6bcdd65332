import type { ProfileInput } from 'shakedown'

/**
 * What opossum 10 documents of its default options.
 *
 * The rate is compared with `>` (README, "Calculating errorThresholdPercentage"), over a rolling window of 10 seconds;
 * `volumeThreshold` is 0, so that one call is enough; the first call after `resetTimeout` decides, others are rejected.
 */
export const opossumRule: NonNullable<ProfileInput['breaker']> = {
  failureRate: { threshold: 0.5, window: { ms: 10_000 }, minimumCalls: 1, opens: 'above' },
  cooldownMs: 30_000,
  probesAtOnce: 1,
  probesToClose: 1,
  whileProbing: 'refuse',
  rateLimitsCount: true,
  indeterminateCounts: true,
}
