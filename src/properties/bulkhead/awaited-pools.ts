import type { Pool, Stretch } from './pool.ts'
import type { PoolLedger } from './pool-ledger.ts'

/**
 * The pools of which a task that has sent nothing waits for one; none where it may wait for something else.
 *
 * They are those of the model endpoints of a declared fallback chain, and of all that the trial has called: a breaker may
 * have turned the task away from the primary.
 */
export function awaitedPools(ledger: PoolLedger): readonly Pool[] {
  const declared = ledger.profile.fallback?.chain.flatMap(({ upstream = [] }) => upstream) ?? []
  const pools = [...new Set([...declared, ...ledger.modelEndpoints])].map((name) => ledger.poolOf('model', name))
  const known = pools.filter((pool) => pool !== null)
  return known.length === pools.length && known.every((pool) => ledger.isOnlyCause(pool)) ? known : []
}

/** A stretch between two times in which there was room in every one of the pools; null for none. */
export function commonRoom(pools: readonly Pool[], from: number, to: number): Stretch | null {
  let common: Stretch | null = pools.length > 0 ? { from, to } : null
  for (const pool of pools) {
    const room: Stretch | null = common && pool.roomDuring(from, to)
    common = common && room && { from: Math.max(common.from, room.from), to: Math.min(common.to, room.to) }
  }
  return common && common.from < common.to ? common : null
}
