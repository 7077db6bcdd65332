// A call that was let through before the trip and succeeds while the circuit is half-open closes it: no probe was sent.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const breaker = new CircuitBreaker(
  async (afterMs, fails) => {
    await wait(afterMs)
    if (fails) throw new Error('503')
  },
  { timeout: false, resetTimeout: 100 },
)
const straggler = breaker.fire(150, false)
for (let call = 0; call < 3; call++) await breaker.fire(1, true).catch(() => {})
console.log('after three failures:', breaker.opened ? 'open' : 'not open')
await wait(110)
console.log('after the cooldown, nothing fired yet:', breaker.halfOpen ? 'half-open' : 'not half-open')
await straggler
console.log('after the straggler:', breaker.closed ? 'closed, without a probe' : 'not closed')
breaker.shutdown()
