// An error that errorFilter exempts, such as a cancelled call, closes a half-open circuit as if the call had succeeded.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const breaker = new CircuitBreaker((message) => Promise.reject(new Error(message)), {
  resetTimeout: 50,
  errorFilter: (error) => error.message === 'cancelled',
})
await breaker.fire('503').catch(() => {})
console.log('after a failure:', breaker.opened ? 'open' : 'not open')
await wait(60)
console.log('after the cooldown:', breaker.halfOpen ? 'half-open' : 'not half-open')
await breaker.fire('cancelled').catch((error) => console.log('the probe rejects with:', error.message))
console.log('after the cancelled probe:', breaker.closed ? 'closed' : 'not closed')
breaker.shutdown()
