import { accuracyRemedies } from './accuracy.ts'
import { breakerRemedies } from './breaker.ts'
import { bulkheadRemedies } from './bulkhead.ts'
import { fallbackRemedies } from './fallback.ts'
import { loopRemedies } from './loop.ts'
import { operationsRemedies } from './operations.ts'
import { policyRemedies } from './policy.ts'
import { retryRemedies } from './retry.ts'
import { streamRemedies } from './stream.ts'
import { timeoutRemedies } from './timeout.ts'

const remedies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...loopRemedies,
    ...retryRemedies,
    ...policyRemedies,
    ...streamRemedies,
    ...accuracyRemedies,
    ...breakerRemedies,
    ...fallbackRemedies,
    ...timeoutRemedies,
    ...bulkheadRemedies,
    ...operationsRemedies,
  }),
)

/**
 * What usually breaks a property and what to change, in a sentence for whoever has to mend it; null for a property of a
 * project's own.
 *
 * @param name the dotted name of the property, e.g. `retry.after`
 */
export function remedyOf(name: string): string | null {
  return remedies.get(name) ?? null
}
