import type { ProfileInput } from 'shakedown'

/**
 * What cockatiel 4 documents of a half-open circuit with `halfOpenAfter: 30_000` and no `halfOpenSampling`.
 *
 * One call decides (README, `halfOpenSampling`); the others wait for the decision (README, `breaker.execute`).
 */
export const cockatielRule = {
  cooldownMs: 30_000,
  probesAtOnce: 1,
  probesToClose: 1,
  whileProbing: 'hold',
  rateLimitsCount: true,
  indeterminateCounts: true,
} satisfies Partial<NonNullable<ProfileInput['breaker']>>
