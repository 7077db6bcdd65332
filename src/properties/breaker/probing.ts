import { defineBreakerProperty } from './define-breaker-property.ts'

/** B6: no more probes than declared. */
export const probeCap = defineBreakerProperty({
  id: 'B6',
  name: 'breaker.probes',
  statement:
    'While half-open, a breaker has at most the declared number of probes under way. Calls beyond them are not sent: they are refused, unless they are declared to be held.',
})

/** B7: success closes it. */
export const successCloses = defineBreakerProperty({
  id: 'B7',
  name: 'breaker.closes',
  statement:
    'Once the declared number of probes has succeeded, the breaker is closed: the next calls are let through. That held calls are let go at once and once each shows on the wire only as calls that come or do not: L1 judges tasks that wait forever.',
})

/** B8: failure opens it again. */
export const failureReopens = defineBreakerProperty({
  id: 'B8',
  name: 'breaker.reopens',
  statement:
    'A failed probe opens the breaker again, for the declared cooldown from the end of that probe, lengthened by the declared growth for each failed probe since it was last closed and by nothing once it has closed. Where several probes have to succeed, the breaker may wait for all of them before it opens again.',
})

/** B11: a cancelled probe proves nothing. */
export const cancelledProbe = defineBreakerProperty({
  id: 'B11',
  name: 'breaker.probe.cancelled',
  statement:
    'A probe that is aborted because its task was cancelled does not close the breaker: its permit is returned, or the breaker opens again.',
})

/** B12: latecomers change nothing. */
export const stragglers = defineBreakerProperty({
  id: 'B12',
  name: 'breaker.stragglers',
  statement:
    'A call that was let through before the breaker changed its state does not count when it ends afterwards: it neither closes nor opens a half-open breaker, nor does it count for the next closed one.',
})

/** B13: a probe that hangs does not lock the breaker. */
export const hungProbe = defineBreakerProperty({
  id: 'B13',
  name: 'breaker.probe.hung',
  statement:
    'A probe that has not ended within its declared time (`probeTimeoutMs`, else the time limit of one attempt) counts as failed, or is forgotten: once it and one more cooldown have passed, a call is let through. Bounded by what is declared, and so judged as it happens.',
})

/** B14: it recovers. */
export const recovery = defineBreakerProperty({
  id: 'B14',
  name: 'breaker.recovers',
  kind: 'liveness',
  statement:
    'After the world has healed, a breaker refuses nothing once the cooldown of its last opening is over and no probe is under way: demand closes it again.',
})

/** B15: it changes from one state to the next in order. */
export const legalTransitions = defineBreakerProperty({
  id: 'B15',
  name: 'breaker.transitions',
  statement:
    'A half-open breaker with a permit to give opens again only through a failed probe: it refuses no call before that. Of the other transitions, leaving the closed state without cause is judged by B2, half-open before its time by B3, and closed without a probe by B6 and B8; signals within the agent are not visible.',
})
