import type { Fault, FaultTarget } from '../../contract/fault.ts'
import { type Breakage, broken, refused } from './breakage.ts'

/** How a service flaps. */
export interface Flapping {
  /** Calls in a row that fail, e.g. one less than the breaker's threshold. */
  readonly strikes: number
  /** Calls in a row that are left alone afterwards; default 1. */
  readonly spares?: number
  /** What the failing calls meet; default: a refused connection. */
  readonly with?: Breakage
}

/**
 * Fails just under a threshold, for ever: so many calls in a row, then one that succeeds.
 *
 * A breaker that counts consecutive failures never opens, though most calls fail; one that watches a rate does.
 */
export function flap(target: FaultTarget, { strikes, spares = 1, with: breakage = refused }: Flapping): Fault {
  return broken(breakage, target, { on: 'cycle', strikes, spares })
}
