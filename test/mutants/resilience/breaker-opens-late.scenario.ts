import { breakerParts } from '../../../src/agent/resilience/breaker-parts.ts'
import { resilienceMutant } from '../mutant.ts'

/** Waits for one failure more than it declares. */
export default resilienceMutant('opens its breaker one failure late', {
  tripRule: (settings) =>
    breakerParts.tripRule({ ...settings, consecutiveFailures: (settings.consecutiveFailures ?? 0) + 1 }),
})
