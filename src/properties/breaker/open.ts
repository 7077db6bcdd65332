import { defineBreakerProperty } from './define-breaker-property.ts'

/** B3: an open breaker lets nothing through. */
export const silence = defineBreakerProperty({
  id: 'B3',
  name: 'breaker.silence',
  statement:
    'While a breaker that has shown to be open, by refusing a call, is in its cooldown, no call to its upstream begins. Only a call that may have been let through before the opening, at that very instant and by another task that ran already, is excepted.',
})

/** B4: what was under way when it opened does not prolong the cooldown. */
export const inFlightAtOpening = defineBreakerProperty({
  id: 'B4',
  name: 'breaker.in-flight',
  statement:
    'Calls that were under way when the breaker opened and fail while it is open neither prolong its cooldown nor open it a second time: once the cooldown is over, a probe is let through.',
})

/** B5: the cooldown is not cut short. */
export const cooldownBoundary = defineBreakerProperty({
  id: 'B5',
  name: 'breaker.boundary',
  statement:
    'The first probe begins no earlier than the end of the cooldown; at that very millisecond it may or may not. Reported, besides B3 or B8, for calls in the last tenth of a cooldown whose opening the agent has shown by a refusal.',
})

/** B26: a throttled upstream is left alone. */
export const throttle = defineBreakerProperty({
  id: 'B26',
  name: 'breaker.throttle',
  statement:
    'After an answer 429 with a valid Retry-After, no call of any task to that upstream begins before that time, whatever the state of the breaker, and whether or not 429 counts as a failure.',
  where: '`breaker.honoursRetryAfter`',
  isDeclared: ({ honoursRetryAfter }) => honoursRetryAfter === true,
})
