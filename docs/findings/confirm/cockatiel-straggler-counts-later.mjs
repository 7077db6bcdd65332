// Calls that were let through before the trip and fail after the circuit has closed again count towards the next trip.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'

const policy = circuitBreaker(handleAll, { halfOpenAfter: 50, breaker: new ConsecutiveBreaker(3) })
const late = Promise.withResolvers()
const stragglers = [1, 2, 3].map(() => policy.execute(() => late.promise).catch(() => {}))
for (let call = 0; call < 3; call++) await policy.execute(() => Promise.reject(new Error('503'))).catch(() => {})
await wait(60)
await policy.execute(() => 'fine')
console.log('after a probe that succeeded:', CircuitState[policy.state])
late.reject(new Error('503'))
await Promise.all(stragglers)
console.log('after three stragglers, with no call since:', CircuitState[policy.state])
