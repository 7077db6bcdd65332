// A call that was let through before the trip and succeeds while the circuit is half-open closes it: no probe was sent.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const breaker = new CircuitBreaker((call) => call(), { timeout: false, resetTimeout: 50 })
const late = Promise.withResolvers()
const straggler = breaker.fire(() => late.promise)
for (let call = 0; call < 3; call++) await breaker.fire(() => Promise.reject(new Error('503'))).catch(() => {})
console.log('after three failures:', breaker.opened ? 'open' : 'not open')
await wait(60)
console.log('after the cooldown, nothing fired yet:', breaker.halfOpen ? 'half-open' : 'not half-open')
late.resolve()
await straggler
console.log('after the straggler:', breaker.closed ? 'closed, without a probe' : 'not closed')
breaker.shutdown()
