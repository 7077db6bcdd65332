// Calls that were let through before the trip and fail after the circuit has closed again count towards the next trip.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

// The window is shorter than the cooldown, so that it has forgotten the first trip.
const window = { rollingCountTimeout: 100, rollingCountBuckets: 1 }
const breaker = new CircuitBreaker((call) => call(), { timeout: false, resetTimeout: 300, ...window })
const late = Promise.withResolvers()
const stragglers = [1, 2, 3].map(() => breaker.fire(() => late.promise).catch(() => {}))
for (let call = 0; call < 4; call++) await breaker.fire(() => Promise.reject(new Error('503'))).catch(() => {})
await wait(310)
await breaker.fire(() => 'fine')
console.log('after a probe that succeeded:', breaker.closed ? 'closed' : 'not closed')
late.reject(new Error('503'))
await Promise.all(stragglers)
console.log('after three stragglers, with no call since:', breaker.opened ? 'open' : 'not open')
breaker.shutdown()
