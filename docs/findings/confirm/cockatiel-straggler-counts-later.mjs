// Calls that were let through before the trip and fail after the circuit has closed again count towards the next trip.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'

const policy = circuitBreaker(handleAll, { halfOpenAfter: 50, breaker: new ConsecutiveBreaker(3) })
const call = (afterMs, fails) =>
  policy.execute(async () => {
    await wait(afterMs)
    if (fails) throw new Error('503')
  })
const stragglers = [200, 210, 220].map((afterMs) => call(afterMs, true).catch(() => {}))
for (let failure = 0; failure < 3; failure++) await call(1, true).catch(() => {})
await wait(60)
await call(1, false)
console.log('after a probe that succeeded:', CircuitState[policy.state])
await Promise.all(stragglers)
console.log('after three stragglers, with no call since:', CircuitState[policy.state])
