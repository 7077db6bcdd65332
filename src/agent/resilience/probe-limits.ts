/** The time limits of one model attempt, in milliseconds. */
export interface AttemptLimits {
  readonly modelMs: number
  readonly firstTokenMs?: number | undefined
  readonly idleMs?: number | undefined
}

/** The limits of an attempt that is a probe of its breaker. */
export type ProbeLimits = (ordinary: AttemptLimits, probeTimeoutMs: number | undefined) => AttemptLimits

/** A probe has no more time than others, and less where the breaker says so: everybody waits for it. */
export const shorterLimits: ProbeLimits = (ordinary, probeTimeoutMs = ordinary.modelMs) => ({
  ...ordinary,
  modelMs: Math.min(ordinary.modelMs, probeTimeoutMs),
})
