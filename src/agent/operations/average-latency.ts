import type { CountedCall, TripRule } from '../resilience/trip-rule.ts'

/** When calls are too slow on average. */
export interface AverageLatencyRule {
  /** Opens where the average is above this. */
  readonly aboveMs: number
  /** The last so many calls, or those of the last so many milliseconds. */
  readonly window: { readonly calls: number } | { readonly ms: number }
  /** Calls in the window below which the rule does not speak. */
  readonly minimumCalls: number
}

/** Opens where the calls of the window, good and bad, took longer on average than they may. */
export function averageLatency({ aboveMs, window, minimumCalls }: AverageLatencyRule): TripRule {
  const calls: CountedCall[] = []
  const isOver = (nowMs: number): boolean => {
    const [oldest] = calls
    if ('calls' in window) return calls.length > window.calls
    return oldest !== undefined && nowMs - oldest.atMs >= window.ms
  }
  return (call) => {
    calls.push(call)
    while (isOver(call.atMs)) calls.shift()
    // The sum afresh each time: one that is kept up to date gathers rounding errors.
    const totalMs = calls.reduce((sum, { tookMs }) => sum + tookMs, 0)
    return calls.length >= minimumCalls && totalMs > aboveMs * calls.length
  }
}
