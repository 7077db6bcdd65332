// The rate is failures over calls fired, so calls under way and calls that were refused make it smaller.
import { setTimeout as wait } from 'node:timers/promises'
import CircuitBreaker from 'opossum'

const burst = new CircuitBreaker((answer) => answer, { timeout: false })
const answers = Array.from({ length: 10 }, () => Promise.withResolvers())
const calls = answers.map(({ promise }) => burst.fire(promise).catch(() => {}))
for (const [index, { reject }] of answers.entries()) {
  reject(new Error('503'))
  await calls[index]
  console.log(`${index + 1} of ${index + 1} answered calls failed, 10 fired:`, burst.opened ? 'open' : 'closed')
  if (burst.opened) break
}
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
