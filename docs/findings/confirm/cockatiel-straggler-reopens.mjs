// A call that was let through before the trip and fails while the circuit is half-open opens it anew: the probe, which
// is under way and will succeed, does not close it any more.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'

const policy = circuitBreaker(handleAll, { halfOpenAfter: 50, breaker: new ConsecutiveBreaker(3) })
const late = Promise.withResolvers()
const straggler = policy.execute(() => late.promise).catch(() => {})
for (let call = 0; call < 3; call++) await policy.execute(() => Promise.reject(new Error('503'))).catch(() => {})
console.log('after three failures:', CircuitState[policy.state])
await wait(60)
const healthy = Promise.withResolvers()
const probe = policy.execute(() => healthy.promise)
console.log('with the probe under way:', CircuitState[policy.state])
late.reject(new Error('503'))
await straggler
console.log('after the straggler:', CircuitState[policy.state])
healthy.resolve()
await probe
console.log('after the probe, which succeeded:', CircuitState[policy.state])
