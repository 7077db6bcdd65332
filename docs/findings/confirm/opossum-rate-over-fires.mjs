// The rate is failures over calls fired, so calls under way and calls that were refused make it smaller.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const fail = (afterMs) => wait(afterMs).then(() => Promise.reject(new Error('503')))

const burst = new CircuitBreaker(fail)
const calls = Array.from({ length: 10 }, (_, index) => burst.fire(10 + 20 * index).catch(() => {}))
for (const [index, call] of calls.entries()) {
  await call
  console.log(`${index + 1} of ${index + 1} answered calls failed, 10 fired:`, burst.opened ? 'open' : 'closed')
  if (burst.opened) break
}
await Promise.all(calls)
burst.shutdown()

let isDown = true
const refusing = new CircuitBreaker(() => (isDown ? Promise.reject(new Error('503')) : Promise.resolve()), {
  resetTimeout: 50,
})
await refusing.fire().catch(() => {})
for (let call = 0; call < 20; call++) await refusing.fire().catch(() => {})
await wait(60)
isDown = false
await refusing.fire()
isDown = true
let failures = 0
while (refusing.closed) await refusing.fire().catch(() => failures++)
console.log('after 1 failure, 20 refusals and a success, failures in a row until it opens:', failures)
refusing.shutdown()
