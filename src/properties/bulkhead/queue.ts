import type { Judge } from '../../contract/property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'
import type { Pool } from './pool.ts'
import type { PoolLedger, PoolTask } from './pool-ledger.ts'
import { queueBound } from './queue-bound.ts'
import type { ClaimedRefusal } from './refusal-claims.ts'
import { claimedRefusals } from './refusal-claims.ts'
import type { Wait } from './most-waiting.ts'
import { mostWaiting } from './most-waiting.ts'

type Waits = Map<Pool, Wait[]>

/** K2: the queue is as long as declared, and who finds it full is told at once. */
export const queue = defineBulkheadProperty<Waits>({
  id: 'K2',
  name: 'bulkhead.queue',
  statement:
    'No more tasks wait for their first call to an upstream, for longer than an instant, than the declared `maxQueued`; a task that the bulkhead refuses its first call is refused at the instant at which it begins, or as soon as the process is no longer blocked; and nobody is refused while fewer tasks than that can be waiting. A wait counts where no other declared rule can be its cause, and while the process is not blocked.',
  applies: 'where a declared bulkhead has `maxQueued`; refusals where the agent claims them.',
  begin: ({ profile }) => (profile.bulkheads?.some(({ maxQueued }) => maxQueued !== undefined) ? new Map() : null),
  sent: ({ ledger, rules }, { task, due, pool }, { at, call }, judge) => {
    if (!due?.isFirst || !pool || !ledger.isOnlyCause(pool)) return
    const from = ledger.actsAt(due.dueAt)
    if (from >= at) return
    judge.trigger()
    getOrCreate(rules, pool, () => []).push({ id: task.id, from, to: at, call })
  },
  taskEnded: ({ ledger }, { task }, event, judge) => {
    for (const refusal of claimedRefusals(event)) {
      const pool = refusal.by === 'bulkhead' ? ledger.poolNamed(refusal.upstream) : null
      if (!pool || !Number.isFinite(pool.rule.maxQueued)) continue
      judge.trigger()
      judgeRefusal(ledger, pool, task, refusal, judge)
    }
  },
  trialEnded: ({ rules }, _event, judge) => {
    for (const [pool, waits] of rules) {
      const found = mostWaiting(waits)
      const { upstream, maxQueued } = pool.rule
      if (found.count <= maxQueued) continue
      const who = found.waiting.map(({ id }) => quote(id)).join(', ')
      judge.violate({
        sentence: `${found.count} tasks (${who}) waited for their first call to ${quote(upstream)} after ${inSeconds(found.at)}, but the agent declares that at most ${maxQueued} wait`,
        at: found.at,
        calls: found.waiting.map(({ call }) => call),
      })
    }
  },
})

function judgeRefusal(ledger: PoolLedger, pool: Pool, task: PoolTask, refusal: ClaimedRefusal, judge: Judge): void {
  const { upstream, maxQueued } = pool.rule
  const what = `task ${quote(task.id)} was refused its call to ${quote(upstream)} by the bulkhead at ${inSeconds(refusal.at)}`
  const violate = (because: string): void =>
    judge.violate({ sentence: `${what}, but ${because}`, at: task.endedAt ?? refusal.at, calls: [] })
  const couldRefuseAt = ledger.actsAt(task.startedAt)
  if (!task.hasCalled && refusal.at > couldRefuseAt && ledger.isFirstChoice(pool) && ledger.isOnlyCause(pool)) {
    violate(`it had waited since ${inSeconds(couldRefuseAt)}; a full queue refuses at once`)
  }
  const { waiting, withGone } = queueBound(ledger, pool, refusal.at)
  // Places that cancelled tasks have not given back are judged by K4.
  if (pool.rule.kind !== 'model' || withGone >= maxQueued) return
  violate(`at most ${waiting} tasks can have been waiting, and the agent declares a queue of ${maxQueued}`)
}
