import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import { isTargeted } from '../../contract/call-target.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { countBefore } from './count-before.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'
import { claimedRefusals } from './refusal-claims.ts'

/** What happened to one upstream, as times: all ends of calls, and those that a breaker may count as failed or slow. */
interface Counted {
  readonly ends: number[]
  readonly failures: number[]
  /** In the order in which they came to light. */
  readonly bulkheadRefusals: number[]
}

interface Rules {
  readonly breaker: BreakerProfile
  readonly byUpstream: Map<string, Counted>
}

/** K6: a call that was never made has not failed. */
export const refusalIsNeutral = defineBulkheadProperty<Rules>({
  id: 'K6',
  name: 'bulkhead.refusal-is-neutral',
  statement:
    'A breaker does not open on what the bulkhead refused: a refusal that the agent claims of the breaker has enough failed, unanswered or slow calls before it for the declared rule, without counting refusals of the bulkhead. A refusal that not even those would explain is left to B2.',
  applies: 'where the profile declares `bulkheads` and a `breaker`; exercised where the agent claims refusals of both.',
  begin: ({ profile }) => (profile.breaker ? { breaker: profile.breaker, byUpstream: new Map() } : null),
  ended: ({ rules }, _pooled, { upstream, kind, class: outcome, at }) => {
    if (!isTargeted(rules.breaker.guards, { kind, upstream })) return
    const { ends, failures } = countedOf(rules, upstream)
    ends.push(at)
    if (outcome === 'failure' || outcome === 'indeterminate' || rules.breaker.slowCalls) failures.push(at)
  },
  taskEnded: ({ rules }, { task }, event, judge) => {
    const refusals = claimedRefusals(event)
    for (const { by, upstream, at } of refusals) {
      if (by === 'bulkhead') countedOf(rules, upstream).bulkheadRefusals.push(at)
    }
    for (const { by, upstream, at } of refusals) {
      const counted = countedOf(rules, upstream)
      const refused = counted.bulkheadRefusals.filter((time) => time <= at).length
      if (by !== 'breaker' || refused === 0) continue
      judge.trigger()
      const [ends, failures] = [countBefore(counted.ends, at + 1), countBefore(counted.failures, at + 1)]
      if (mayOpen(rules.breaker, ends, failures) || !mayOpen(rules.breaker, ends + refused, failures + refused))
        continue
      judge.violate({
        sentence: `the breaker refused task ${quote(task.id)} its call to ${quote(upstream)} at ${inSeconds(at)}, but only ${failures} of ${ends} calls there had failed by then, too few for the declared rule; only with ${refused} refusals of the bulkhead are there enough`,
        at: event.at,
        calls: [],
      })
    }
  },
})

/** Whether so many calls, so many of them failed, can have opened the breaker at all. */
function mayOpen(breaker: BreakerProfile, ends: number, failures: number): boolean {
  const { consecutiveFailures = Infinity, failureRate, slowCalls } = breaker
  const canTrip = (rule: { readonly minimumCalls: number } | undefined): boolean =>
    rule !== undefined && failures > 0 && ends >= rule.minimumCalls
  return failures >= consecutiveFailures || canTrip(failureRate) || canTrip(slowCalls)
}

function countedOf({ byUpstream }: Rules, upstream: string): Counted {
  return getOrCreate(byUpstream, upstream, () => ({ ends: [], failures: [], bulkheadRefusals: [] }))
}
