import type { DefinedProperty } from '../define-property.ts'
import { concurrency } from './concurrency.ts'
import { fairness } from './fairness.ts'
import { firstCome } from './first-come.ts'
import { isolation } from './isolation.ts'
import { noDeadlock } from './no-deadlock.ts'
import { queue } from './queue.ts'
import { rateLimit } from './rate-limit.ts'
import { refusalIsNeutral } from './refusal-is-neutral.ts'
import { slots } from './slots.ts'

/** K1 to K9, in order. */
export const bulkheadProperties: readonly DefinedProperty[] = [
  concurrency,
  queue,
  slots,
  firstCome,
  isolation,
  refusalIsNeutral,
  rateLimit,
  fairness,
  noDeadlock,
]
