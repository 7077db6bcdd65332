import { isTargeted } from '../../contract/call-target.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Attempt } from './attempt-ledger.ts'

/**
 * Whether a breaker, a bulkhead or a rate limit of the agent's stands before an upstream.
 *
 * Such a guard may hold an attempt back, or refuse it where no trace shows it, so that the wait before the next one
 * that does cross the wire has no upper bound.
 */
export function isGuarded({ breaker, bulkheads = [], rateLimits = [] }: Profile, attempt: Attempt): boolean {
  const guards = [...(breaker ? [breaker] : []), ...bulkheads, ...rateLimits]
  return guards.some((guard) => isTargeted(guard.guards, attempt))
}
