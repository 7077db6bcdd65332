import type { Judge } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { awaitedPools, commonRoom } from './awaited-pools.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'
import type { Pool, Stretch } from './pool.ts'
import type { PoolLedger, PoolTask } from './pool-ledger.ts'
import { claimedRefusals } from './refusal-claims.ts'

/** K3: every slot comes back, once. */
export const slots = defineBulkheadProperty<true>({
  id: 'K3',
  name: 'bulkhead.slots',
  statement:
    'However a call ends, its slot comes back: no task waits for its first call to an upstream, and none is refused by the bulkhead, while fewer slots than `maxConcurrent` can be taken. A slot can be taken by a call under way, between attempts by one that failed and, while the process is blocked, by one whose end it has not heard of; a wait while it is blocked does not count. A wait counts where no other declared rule can be its cause; one that another pool ends is left to K5, and a task that sends nothing at all may wait for any model endpoint. A slot that comes back twice shows in K1.',
  applies: 'where the profile declares `bulkheads`; refusals where the agent claims them.',
  begin: () => true,
  sent: ({ ledger }, { task, pool, due }, { at, call }, judge) => {
    if (pool?.isFull && pool.hasFailed) judge.trigger()
    if (!due?.isFirst || !pool || due.dueAt >= at) return
    judge.trigger()
    if (!due.room || due.releasedBy || !ledger.isOnlyCause(pool)) return
    violateWait(task, pool, due.room, `sent its first call at ${inSeconds(at)} (call ${call})`, [call], at, judge)
  },
  taskEnded: ({ ledger }, { task }, event, judge) => {
    judgeSilent(ledger, task, 'ended without a call', event.at, judge)
    for (const refusal of claimedRefusals(event)) {
      const pool = refusal.by === 'bulkhead' ? ledger.poolNamed(refusal.upstream) : null
      if (!pool) continue
      judge.trigger()
      if (pool.wasFullAt(refusal.at)) continue
      judge.violate({
        sentence: `task ${quote(task.id)} was refused its call to ${quote(refusal.upstream)} by the bulkhead at ${inSeconds(refusal.at)}, but fewer than its ${pool.rule.maxConcurrent} slots can have been taken then`,
        at: event.at,
        calls: [],
      })
    }
  },
  trialEnded: ({ ledger }, { at }, judge) => {
    for (const task of ledger.running.values()) judgeSilent(ledger, task, 'had sent nothing', at, judge)
  },
})

/** A task that waited in vain. */
function judgeSilent(ledger: PoolLedger, task: PoolTask, what: string, at: number, judge: Judge): void {
  if (task.hasCalled || task.startedAt >= at) return
  const pools = awaitedPools(ledger)
  const room = commonRoom(pools, task.startedAt, task.cancelledAt ?? at)
  const [pool] = pools
  if (room && pool) violateWait(task, pool, room, `${what} at ${inSeconds(at)}`, [], at, judge)
}

function violateWait(
  { id, startedAt }: PoolTask,
  { rule }: Pool,
  room: Stretch,
  what: string,
  calls: readonly number[],
  at: number,
  judge: Judge,
): void {
  judge.violate({
    sentence: `task ${quote(id)} began at ${inSeconds(startedAt)} and ${what}, but from ${inSeconds(room.from)} to ${inSeconds(room.to)} fewer than the ${rule.maxConcurrent} slots for ${quote(rule.upstream)} can have been taken`,
    at,
    calls,
  })
}
