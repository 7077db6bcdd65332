import { defineBreakerProperty } from './define-breaker-property.ts'

/** B10: what is neither success nor failure leaves no mark. */
export const neutralInvariance = defineBreakerProperty({
  id: 'B10',
  name: 'breaker.neutral',
  kind: 'metamorphic',
  statement:
    'Without its calls that ended neutrally (refused as the caller’s own mistake, or cancelled) a trace would show the same transitions: such calls neither count as failures nor as successes, do not close a half-open breaker, and return their permits. Judged within one trace: it is violated where no behaviour that leaves them out explains the trace, and one that counts them does.',
})

/** B16: one upstream’s trouble is not another’s. */
export const isolation = defineBreakerProperty({
  id: 'B16',
  name: 'breaker.isolation',
  statement:
    'The breaker of one upstream changes nothing for another: no call is refused that only failures of other upstreams explain.',
})

/** B17: shared as declared. */
export const sharing = defineBreakerProperty({
  id: 'B17',
  name: 'breaker.sharing',
  statement:
    'Where tasks share the breaker, the failures of one count for all; where each task has its own, they do not. Violated where the declared sharing does not explain the trace and the other one does; of an agent that refuses nothing at all, B1 speaks.',
})

/** B25: it counts its own upstream’s calls, and nothing else. */
export const accounting = defineBreakerProperty({
  id: 'B25',
  name: 'breaker.accounting',
  statement:
    'The success of another source is no success of the upstream that it stood in for, and a refusal by a bulkhead is no failure: neither changes the state of the breaker.',
})
