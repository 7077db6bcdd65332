// SamplingBreaker drops one window per sample, however much time has passed, so failures outlive their duration.
import { setTimeout as wait } from 'node:timers/promises'
import { CircuitState, SamplingBreaker, circuitBreaker, handleAll } from 'cockatiel'

const breaker = new SamplingBreaker({ threshold: 0.5, duration: 100, minimumRps: 20 })
const policy = circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker })
for (let failure = 1; failure <= 2; failure++) {
  await policy.execute(() => Promise.reject(new Error('503'))).catch(() => {})
  const { currentFailures } = breaker.state
  console.log(
    `failure ${failure}, 500 ms after the one before: ${currentFailures} counted in 100 ms,`,
    CircuitState[policy.state],
  )
  await wait(500)
}
