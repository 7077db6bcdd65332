// An error that the policy does not handle, such as a cancelled call, closes a half-open circuit as a success does.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'

const policy = circuitBreaker(
  handleWhen((error) => error.message !== 'cancelled'),
  { halfOpenAfter: 50, breaker: new ConsecutiveBreaker(3) },
)
const call = (message) => policy.execute(() => Promise.reject(new Error(message))).catch((error) => error.message)
for (let failure = 0; failure < 3; failure++) await call('503')
console.log('after three failures:', CircuitState[policy.state])
await wait(60)
console.log('the probe rejects with:', await call('cancelled'))
console.log('after the cancelled probe:', CircuitState[policy.state])
