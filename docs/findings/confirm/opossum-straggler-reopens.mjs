// A call that was let through before the trip and fails while the circuit is half-open opens it anew: the probe, which
// is under way and will succeed, does not close it any more.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const breaker = new CircuitBreaker(
  async (afterMs, fails) => {
    await wait(afterMs)
    if (fails) throw new Error('503')
  },
  { timeout: false, resetTimeout: 100 },
)
const straggler = breaker.fire(150, true).catch(() => {})
for (let call = 0; call < 3; call++) await breaker.fire(1, true).catch(() => {})
await wait(110)
console.log('after the cooldown:', breaker.halfOpen ? 'half-open' : 'not half-open')
const probe = breaker.fire(80, false)
await straggler
console.log('after the straggler:', breaker.opened ? 'open again' : 'not open')
await probe
console.log('after the probe, which succeeded:', breaker.opened ? 'still open' : 'not open')
breaker.shutdown()
