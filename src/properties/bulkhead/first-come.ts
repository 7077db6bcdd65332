import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'
import type { Pool } from './pool.ts'
import { queueBound } from './queue-bound.ts'
import { claimedRefusals } from './refusal-claims.ts'

interface Arrival {
  readonly id: string
  readonly startedAt: number
  readonly call: number
}

/** The latest arrival that was served, at earlier instants and at the present one: whoever waits longer was overtaken. */
interface Line {
  before: Arrival | null
  now: Arrival | null
  nowAt: number
}

/** K4: who waits first is served first, and who leaves is not waited for. */
export const firstCome = defineBulkheadProperty<Map<string, Line>>({
  id: 'K4',
  name: 'bulkhead.first-come',
  statement:
    'Tasks send their first call to an upstream in the order in which they began, by time: whoever began later is not served at an earlier instant; where `maxOvertaking` is declared, this holds among the tasks of one user. A task that is cancelled while it waits gives its place in the queue back, at once or as soon as the process is no longer blocked, so that nobody is refused because of it. That the next one then runs is judged by K3.',
  applies:
    'where the profile declares `bulkheads`; exercised where tasks wait while the process is not blocked, or are refused after one was cancelled.',
  begin: () => new Map(),
  sent: ({ ledger, rules }, { task, pool, due }, { at, call }, judge) => {
    if (!due?.isFirst || !pool || !ledger.isOnlyCause(pool)) return
    const line = lineOf(rules, pool, task.user)
    if (line.nowAt < at) {
      line.before = latest(line.before, line.now)
      line.now = null
      line.nowAt = at
    }
    if (ledger.actsAt(due.dueAt) < at) judge.trigger()
    const { before } = line
    if (before && before.startedAt > task.startedAt) {
      judge.violate({
        sentence: `task ${quote(task.id)}, which began at ${inSeconds(task.startedAt)}, sent its first call to ${quote(pool.rule.upstream)} only at ${inSeconds(at)} (call ${call}), after task ${quote(before.id)}, which began at ${inSeconds(before.startedAt)}, had been served (call ${before.call})`,
        at,
        calls: [before.call, call],
      })
    }
    line.now = latest(line.now, { id: task.id, startedAt: task.startedAt, call })
  },
  taskEnded: ({ ledger }, { task }, event, judge) => {
    for (const refusal of claimedRefusals(event)) {
      const pool = refusal.by === 'bulkhead' ? ledger.poolNamed(refusal.upstream) : null
      if (!pool || pool.rule.kind !== 'model') continue
      const { waiting, withGone } = queueBound(ledger, pool, refusal.at)
      const { maxQueued, upstream } = pool.rule
      if (withGone === waiting) continue
      judge.trigger()
      if (waiting >= maxQueued || withGone < maxQueued) continue
      judge.violate({
        sentence: `task ${quote(task.id)} was refused its call to ${quote(upstream)} by the bulkhead at ${inSeconds(refusal.at)} with a declared queue of ${maxQueued}, but at most ${waiting} tasks can have been waiting; ${withGone - waiting} had been cancelled before and still have their places`,
        at: event.at,
        calls: [],
      })
    }
  },
})

function lineOf(lines: Map<string, Line>, { rule }: Pool, user: string | null): Line {
  const whose = rule.maxOvertaking === null ? '' : ` ${user ?? ''}`
  return getOrCreate(lines, `${rule.kind} ${rule.upstream}${whose}`, () => ({ before: null, now: null, nowAt: -1 }))
}

function latest(one: Arrival | null, other: Arrival | null): Arrival | null {
  if (!one || !other) return one ?? other
  return other.startedAt > one.startedAt ? other : one
}
