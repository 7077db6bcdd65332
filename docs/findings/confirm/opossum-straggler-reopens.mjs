// A call that was let through before the trip and fails while the circuit is half-open opens it anew: the probe, which
// is under way and will succeed, does not close it any more.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const breaker = new CircuitBreaker((call) => call(), { timeout: false, resetTimeout: 50 })
const late = Promise.withResolvers()
const straggler = breaker.fire(() => late.promise).catch(() => {})
for (let call = 0; call < 3; call++) await breaker.fire(() => Promise.reject(new Error('503'))).catch(() => {})
await wait(60)
console.log('after the cooldown:', breaker.halfOpen ? 'half-open' : 'not half-open')
const healthy = Promise.withResolvers()
const probe = breaker.fire(() => healthy.promise)
late.reject(new Error('503'))
await straggler
console.log('after the straggler:', breaker.opened ? 'open again' : 'not open')
healthy.resolve()
await probe
console.log('after the probe, which succeeded:', breaker.opened ? 'still open' : 'not open')
breaker.shutdown()
