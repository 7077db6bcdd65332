import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { every } from '../../../src/faults/sources/every.ts'
import { careful, forgetful, refundScenario, refundTool, runUnder } from './_refunds.ts'

/** The traces of a sweep over every moment of a call. */
async function sweep(id: string): Promise<string> {
  const sum = createHash('sha256')
  for (const at of ['sent', 'acted', 'answered']) {
    for (let afterMicrotasks = 0; afterMicrotasks <= 20; afterMicrotasks++) {
      const fault = every(id, refundTool, { at, afterMicrotasks }, { on: 'nth', n: 1 })
      const { hash, violated } = await runUnder(refundScenario(careful), fault)
      expect(violated.filter((property) => property !== 'L9')).toEqual([])
      sum.update(hash)
    }
  }
  return sum.digest('hex')
}

it.each([
  ['process.kill', 'c27b44b2e6e228ba'],
  ['task.abort', '37c98a30cf3f3cd9'],
])('a sweep of %s leaves the traces that it left on every supported Node', async (id, digest) => {
  expect((await sweep(id)).slice(0, 16)).toBe(digest)
})

it('a process is killed three times at most, so that its tasks come to their end', async () => {
  const { deliveries, how } = await runUnder(
    refundScenario(forgetful),
    every('process.kill', refundTool, { at: 'acted' }),
  )
  expect({ deliveries, how }).toEqual({ deliveries: [3], how: 'finished' })
})
