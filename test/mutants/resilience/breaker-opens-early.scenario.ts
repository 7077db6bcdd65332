import { breakerParts } from '../../../src/agent/resilience/breaker-parts.ts'
import { resilienceMutant } from '../mutant.ts'

/** Gives up one failure before it declares to. */
export default resilienceMutant('opens its breaker one failure early', {
  tripRule: (settings) =>
    breakerParts.tripRule({ ...settings, consecutiveFailures: (settings.consecutiveFailures ?? 2) - 1 }),
})
