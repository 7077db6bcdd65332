import { defineBreakerProperty } from './define-breaker-property.ts'

/** B23: a refusal says that it is one, and for how long. */
export const refusalIdentity = defineBreakerProperty({
  id: 'B23',
  name: 'breaker.refusal.identity',
  statement:
    'What the agent claims of a refusal is true: it happened while its task ran, the time that it says to wait ends, to the millisecond, with the cooldown of the open breaker, and it is not passed off as an answer of an upstream that was never called.',
})

/** B24: a refusal is not argued with. */
export const refusalNotRetried = defineBreakerProperty({
  id: 'B24',
  name: 'breaker.refusal.retried',
  statement:
    'A refused call is not tried again before the time that its refusal gave: within a task, an upstream is refused once until then for each source that asks it, the primary once more for a declared summary, and a tool once for each time that the model asked for it.',
})
