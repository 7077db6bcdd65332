import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import { defineBreakerProperty } from './define-breaker-property.ts'

const hasRate = ({ failureRate, slowCalls }: BreakerProfile): boolean =>
  failureRate !== undefined || slowCalls !== undefined

/** B1: enough failures open the breaker. */
export const opensOnThreshold = defineBreakerProperty({
  id: 'B1',
  name: 'breaker.opens',
  statement:
    'When the failures of a guarded upstream meet the declared rule, its breaker opens: no call to that upstream begins until the cooldown, counted from the end of the call that met the rule, is over. Reported here where the agent has shown no sign of being open; once it has refused a call, B3 speaks.',
})

/** B2: nothing is refused without reason. */
export const noEarlyOpening = defineBreakerProperty({
  id: 'B2',
  name: 'breaker.refuses.rightly',
  statement:
    'A breaker refuses a call only while it is open, or half-open with its probes under way. A refusal is what the agent claims as one; of an agent that never claims any, a task without a call to the primary model that it wanted (just started, or with tool results outstanding, neither cancelled nor past its deadline) that ends in a failure or with an answer from further down the declared chain.',
})

/** B9: what was before the breaker closed is forgotten. */
export const resetOnClose = defineBreakerProperty({
  id: 'B9',
  name: 'breaker.forgets',
  statement:
    'After a breaker has closed, no failure from before counts: it opens again only when the declared rule is met by calls that began after it closed. Whether the probes that closed it are samples of its windows is left open.',
})

/** B18: calls that end together all count. */
export const orderInsensitivity = defineBreakerProperty({
  id: 'B18',
  name: 'breaker.ties',
  kind: 'metamorphic',
  statement:
    'Calls that end at one instant may have been seen in any order, and each of them counts: what the breaker does can be explained by one of their orders. Judged within one trace, by trying all orders of up to four calls; with more at once the breaker is judged no further where the order of the trace explains nothing.',
})

/** B19: slowness opens it too. */
export const slowCalls = defineBreakerProperty({
  id: 'B19',
  name: 'breaker.slow',
  statement:
    'When the share of slow calls meets the declared rule, the breaker opens, even if all of them succeeded: no call begins until the cooldown is over.',
  where: '`breaker.slowCalls`',
  isDeclared: ({ slowCalls: rule }) => rule !== undefined,
})

/** B20: what has left the window is gone. */
export const expiry = defineBreakerProperty({
  id: 'B20',
  name: 'breaker.window',
  statement:
    'A call that has left the window contributes nothing: a window of calls holds the last so many countable ones, a window of time those of the last so many milliseconds. A window of time may consist of slices: in the last second, or tenth, of its time in the window, a call may count or not.',
  where: '`breaker.failureRate` or `breaker.slowCalls`',
  isDeclared: hasRate,
})

/** B21: the threshold itself is treated as declared. */
export const equality = defineBreakerProperty({
  id: 'B21',
  name: 'breaker.threshold',
  statement:
    'A rate of exactly the threshold opens the breaker where it is declared to open `at` the threshold, and does not where it is declared to open `above` it. Calls under way may be among the calls of a rate or not.',
  where: '`breaker.failureRate` or `breaker.slowCalls`',
  isDeclared: hasRate,
})
