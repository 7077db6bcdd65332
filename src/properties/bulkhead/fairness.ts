import type { Judge } from '../../contract/property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { countBefore } from './count-before.ts'
import { awaitedPools } from './awaited-pools.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'
import type { Pool } from './pool.ts'
import type { PoolTask } from './pool-ledger.ts'

/** When the calls of each user were sent to a pool, in order. */
type Sends = Map<string | null, number[]>

/** K8: no user starves another. */
export const fairness = defineBulkheadProperty<Map<Pool, Sends>>({
  id: 'K8',
  name: 'bulkhead.fairness',
  statement:
    'While a task waits for its first call to an upstream, no other user sends more than the declared `maxOvertaking` calls there; those of the instants at which the wait begins and ends do not count.',
  applies: 'where a declared bulkhead has `maxOvertaking`; exercised where a task waits.',
  begin: ({ profile }) =>
    profile.bulkheads?.some(({ maxOvertaking }) => maxOvertaking !== undefined) ? new Map() : null,
  sent: ({ ledger, rules }, { task, pool, due }, { at, call }, judge) => {
    if (!pool || pool.rule.maxOvertaking === null) return
    const sends = getOrCreate(rules, pool, () => new Map<string | null, number[]>())
    if (due?.isFirst && due.dueAt < at && ledger.isOnlyCause(pool)) judgeWait(sends, pool, task, at, [call], judge)
    getOrCreate(sends, task.user, () => []).push(at)
  },
  taskEnded: ({ ledger, rules }, { task }, { at }, judge) => {
    if (task.hasCalled || task.startedAt >= at) return
    const [pool, ...others] = awaitedPools(ledger)
    const sends = pool && rules.get(pool)
    if (pool && sends && others.length === 0) judgeWait(sends, pool, task, at, [], judge)
  },
})

function judgeWait(
  sends: Sends,
  { rule }: Pool,
  { id, user, startedAt }: PoolTask,
  until: number,
  calls: readonly number[],
  judge: Judge,
): void {
  judge.trigger()
  for (const [other, times] of sends) {
    if (other === user) continue
    const between = countBefore(times, until) - countBefore(times, startedAt + 1)
    if (between <= (rule.maxOvertaking ?? Infinity)) continue
    const whose = other === null ? 'nobody in particular' : `user ${quote(other)}`
    judge.violate({
      sentence: `task ${quote(id)} waited for ${quote(rule.upstream)} from ${inSeconds(startedAt)} to ${inSeconds(until)}, while ${between} calls of ${whose} were sent there, but the agent declares at most ${rule.maxOvertaking ?? 0}`,
      at: until,
      calls,
    })
  }
}
