// A probe that never ends holds every later call for ever; cancelling a held call does not free it either.
import { setTimeout as wait } from 'node:timers/promises'
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'

const policy = circuitBreaker(handleAll, { halfOpenAfter: 50, breaker: new ConsecutiveBreaker(1) })
await policy.execute(() => Promise.reject(new Error('503'))).catch(() => {})
await wait(60)
void policy.execute(() => new Promise(() => {}))
const cancellation = new AbortController()
const held = policy.execute(() => 'fine', cancellation.signal).catch((error) => error.name)
cancellation.abort()
console.log('a second later, the held and cancelled call is:', await Promise.race([held, wait(1_000, 'still held')]))
