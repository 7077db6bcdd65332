import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { BreakerState } from './breaker-state.ts'
import type { Deviation } from './deviation.ts'

/** What a run of the reference breaker goes by: the declaration, and the one way in which it is wrong, if any. */
export interface BreakerRules {
  readonly profile: BreakerProfile
  readonly deviation: Deviation | null
  /** What the breaker may have begun as; absent: one that has seen nothing. */
  readonly initial?: readonly BreakerState[]
  /** Told of situations that states do not show: they are what some properties speak of. */
  readonly notice?: (situation: Situation) => void
}

/** A rate was its threshold exactly; a bad call had left its window; a probe had outlived its time. */
export type Situation = 'exact' | 'expired' | 'hung'

/** How long the breaker stays open after so many failed probes: whole milliseconds, rounded either way. */
export function cooldownOf(
  { profile: { cooldownMs, cooldownGrowth } }: BreakerRules,
  failedProbes: number,
): { readonly leastMs: number; readonly mostMs: number } {
  if (!cooldownGrowth || failedProbes === 0) return { leastMs: cooldownMs, mostMs: cooldownMs }
  const grown = cooldownMs * cooldownGrowth.factor ** failedProbes
  const ms = Math.max(cooldownMs, Math.min(grown, cooldownGrowth.capMs))
  return { leastMs: Math.floor(ms), mostMs: Math.ceil(ms) }
}
