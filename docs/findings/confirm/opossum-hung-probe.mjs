// With timeout: false, a probe that never ends keeps the circuit half-open and refuses every other call, for ever.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

let isDown = true
const breaker = new CircuitBreaker(
  (hangs) => (hangs ? new Promise(() => {}) : isDown ? Promise.reject(new Error('503')) : Promise.resolve('fine')),
  { timeout: false, resetTimeout: 50 },
)
await breaker.fire(false).catch(() => {})
await wait(60)
void breaker.fire(true)
isDown = false
for (const afterMs of [0, 500, 1_000]) {
  await wait(afterMs)
  const said = await breaker.fire(false).catch((error) => error.code)
  console.log(`${afterMs} ms later, with the service well again:`, said)
}
breaker.shutdown()
