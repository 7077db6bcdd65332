import { callWords } from '../call-words.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'

/** K5: a full pool is nobody else's business. */
export const isolation = defineBulkheadProperty<true>({
  id: 'K5',
  name: 'bulkhead.isolation',
  statement:
    'A call to one upstream does not wait for the pool of another: it is not sent at the very instant at which another, full pool gives a slot back, having been due before that while its own pool had room, or has none. Judged within one trial for calls whose due time is known: the first of a task, and the only tool call of a reply, where it needs no approval.',
  applies: 'where the profile declares `bulkheads`; exercised where such a call is due while another pool is full.',
  begin: () => true,
  sent: ({ ledger }, { task, pool, due }, { at, call, kind, upstream, tool }, judge) => {
    if (!due || (!due.besideFull && !due.releasedBy)) return
    judge.trigger()
    const other = due.releasedBy
    const hadRoom = pool === null || (due.room !== null && ledger.isOnlyCause(pool))
    if (!other || due.dueAt >= at || !hadRoom) return
    judge.violate({
      sentence: `${callWords({ kind, upstream, tool })} of task ${quote(task.id)} was due at ${inSeconds(due.dueAt)} and was sent at ${inSeconds(at)} (call ${call}), when the full pool of ${quote(other.rule.upstream)} gave a slot back, but its own ${pool ? 'pool had room before' : 'upstream has no pool'}`,
      at,
      calls: [call],
    })
  },
})
