import type { DefinedProperty } from '../define-property.ts'
import { cacheContent } from './cache-content.ts'
import { cacheKey } from './cache-key.ts'
import { fallbackCause } from './cause.ts'
import { fallbackCost } from './cost.ts'
import { degradedFlag } from './degraded-flag.ts'
import { fallbackEffects } from './effects.ts'
import { exhaustion } from './exhaustion.ts'
import { fallbackFit } from './fit.ts'
import { mixedAnswer } from './mixed-answer.ts'
import { fallbackOrder } from './order.ts'
import { fallbackPolicy } from './policy.ts'
import { provenance } from './provenance.ts'
import { fallbackReturn } from './return.ts'
import { staleness } from './staleness.ts'
import { fallbackTermination } from './termination.ts'

/** F1 to F15, in order. */
export const fallbackProperties: readonly DefinedProperty[] = [
  fallbackOrder,
  fallbackCause,
  provenance,
  cacheKey,
  staleness,
  cacheContent,
  fallbackTermination,
  fallbackReturn,
  fallbackFit,
  mixedAnswer,
  fallbackEffects,
  degradedFlag,
  exhaustion,
  fallbackPolicy,
  fallbackCost,
]
