import type { Pool } from './pool.ts'
import type { PoolLedger } from './pool-ledger.ts'

/**
 * The pool that a task's first call goes to, where that can be known without the call.
 *
 * It is the primary's of a declared fallback chain, or that of the only model endpoint that the trial has called.
 */
export function awaitedPool(ledger: PoolLedger): Pool | null {
  const primary = ledger.profile.fallback?.chain[0]?.upstream
  if (primary !== undefined) return ledger.poolOf('model', primary)
  const [only, ...others] = ledger.modelEndpoints
  return only === undefined || others.length > 0 ? null : ledger.poolOf('model', only)
}
