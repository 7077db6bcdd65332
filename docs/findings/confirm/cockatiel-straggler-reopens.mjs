// A call that was let through before the trip and fails while the circuit is half-open opens it anew: the probe, which
// is under way and will succeed, does not close it any more.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'

const policy = circuitBreaker(handleAll, { halfOpenAfter: 100, breaker: new ConsecutiveBreaker(3) })
const call = (afterMs, fails) =>
  policy.execute(async () => {
    await wait(afterMs)
    if (fails) throw new Error('503')
  })
const straggler = call(150, true).catch(() => {})
for (let failure = 0; failure < 3; failure++) await call(1, true).catch(() => {})
console.log('after three failures:', CircuitState[policy.state])
await wait(110)
const probe = call(80, false)
console.log('with the probe under way:', CircuitState[policy.state])
await straggler
console.log('after the straggler:', CircuitState[policy.state])
await probe
console.log('after the probe, which succeeded:', CircuitState[policy.state])
