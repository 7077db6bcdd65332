import type { Fault, FaultTarget } from '../../contract/fault.ts'
import { type Breakage, broken, refused } from './breakage.ts'

/** How a service browns out; virtual milliseconds. */
export interface Brownout {
  readonly fromMs: number
  readonly toMs: number
  /** Steps of the ramp, all equally long; default 5. */
  readonly steps?: number
  /** How much later answers come in the last step; default 10 000. */
  readonly slowestMs?: number
  /** The share of calls that fail in the last step, between 0 and 1; default 0.5. */
  readonly worstRate?: number
  /** What the failing calls meet; default: a refused connection. */
  readonly with?: Breakage
}

/**
 * Gets worse step by step: answers come later and more of them fail, until it is over at once.
 *
 * What watches for an outage sees none; limits on time and rates have to notice.
 */
export function brownout(target: FaultTarget, ramp: Brownout): readonly Fault[] {
  const { fromMs, toMs, steps = 5, slowestMs = 10_000, worstRate = 0.5, with: breakage = refused } = ramp
  const edge = (step: number): number => Math.round(fromMs + ((toMs - fromMs) * step) / steps)
  return Array.from({ length: steps }, (_, step) => {
    const span = { on: 'between' as const, fromMs: edge(step), toMs: edge(step + 1) }
    const share = (step + 1) / steps
    const slow: Breakage = { id: 'latency.fixed', parameters: { ms: Math.max(1, Math.round(slowestMs * share)) } }
    return [broken(slow, target, span), broken(breakage, target, { ...span, rate: worstRate * share })]
  }).flat()
}
