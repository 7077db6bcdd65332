import { brownout } from './brownout.ts'
import { failover } from './failover.ts'
import { flap } from './flap.ts'
import { herd } from './herd.ts'
import { swizzle } from './swizzle.ts'

/**
 * Faults that make sense together, under the names that engineers know them by.
 *
 * `swizzle` is a source of plans. The others are plain faults: for `faults.always(…)` in a search, for the conditions of
 * a measure, or for a plan by hand.
 */
export const patterns = { swizzle, brownout, flap, herd, failover }
