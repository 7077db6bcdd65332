import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'

interface Rules {
  /** Virtual time since which nothing is injected; infinite from the first fault until the world heals. */
  healedAt: number
  /** Calls that a fault took hold of: one that never ends may be the fault's doing. */
  readonly struck: Set<number>
  /** A pool whose slots were all taken at some time. */
  contended: string | null
}

/** K9: those who wait for slots do not wait for one another for ever. */
export const noDeadlock = defineBulkheadProperty<Rules>({
  id: 'K9',
  name: 'bulkhead.no-deadlock',
  kind: 'liveness',
  statement:
    'After the heal point a trial in which a pool was full does not come to a standstill with a task unfinished while no call is under way that a fault took hold of: then all that the task waits for is a slot that waits for it, as where a tool calls the agent again.',
  applies: 'where the profile declares `bulkheads`; exercised where a pool is full.',
  begin: () => ({ healedAt: 0, struck: new Set(), contended: null }),
  sent: ({ rules }, { pool }, _event, judge) => {
    if (!pool?.isFull) return
    judge.trigger()
    rules.contended ??= pool.rule.upstream
  },
  trialEnded: ({ ledger, rules: { healedAt, struck, contended } }, { at, how }, judge) => {
    if (how !== 'stalled' || !Number.isFinite(healedAt) || contended === null) return
    const unfinished = [...ledger.running.values()]
    const open = unfinished.flatMap((task) => [...task.open.keys()])
    if (unfinished.length === 0 || open.some((call) => struck.has(call))) return
    const full = ledger.pools.find(({ isFull }) => isFull)?.rule.upstream ?? contended
    const who = unfinished.map(({ id }) => quote(id)).join(', ')
    judge.violate({
      sentence: `the trial came to a standstill at ${inSeconds(at)} with ${who} unfinished and no fault left, so that what they wait for is a slot of the pool of ${quote(full)} that waits for them`,
      at,
      calls: open,
    })
  },
  also: {
    'fault.injected': ({ rules }, event) => {
      rules.healedAt = Infinity
      rules.struck.add(event.call)
    },
    'world.healed': ({ rules }, event) => {
      rules.healedAt = event.at
    },
  },
})
