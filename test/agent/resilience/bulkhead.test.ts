import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bulkhead } from '../../../src/agent/resilience/bulkhead.ts'
import { CancelledError } from '../../../src/agent/errors/stop-error.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const nobody = new AbortController().signal

describe('a bulkhead', () => {
  it('gives a free slot at once, queues what it may, and refuses the rest without a wait', async () => {
    const bulkhead = new Bulkhead({ maxConcurrent: 1, maxQueued: 1 })
    await bulkhead.enter(nobody)
    expect(bulkhead.enter(nobody)).not.toBeNull()
    expect(bulkhead.enter(nobody)).toBeNull()
  })

  it('lets nobody overtake: a slot that comes back belongs to the first in the queue', async () => {
    const bulkhead = new Bulkhead({ maxConcurrent: 1, maxQueued: 1 })
    await bulkhead.enter(nobody)
    const waiting = bulkhead.enter(nobody)
    bulkhead.leave()
    expect(bulkhead.enter(nobody)).not.toBeNull()
    expect(bulkhead.enter(nobody)).toBeNull()
    await waiting
  })

  it('forgets a waiter that is cancelled, at once', async () => {
    const bulkhead = new Bulkhead({ maxConcurrent: 1, maxQueued: 1 })
    const caller = new AbortController()
    await bulkhead.enter(nobody)
    const waiting = bulkhead.enter(caller.signal)
    caller.abort()
    await expect(waiting).rejects.toBeInstanceOf(CancelledError)
    expect(bulkhead.enter(nobody)).not.toBeNull()
  })

  it('admits nobody whose signal is aborted already', async () => {
    const bulkhead = new Bulkhead({ maxConcurrent: 1, maxQueued: 0 })
    await expect(bulkhead.enter(AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError)
    await bulkhead.enter(nobody)
  })
})

describe('over any schedule', () => {
  type Action = 'enter' | 'leave' | 'abort'

  it('is never fuller than it may be, serves in order, and has every slot back in the end', async () => {
    const sizes = fc.record({ maxConcurrent: fc.integer({ min: 1, max: 4 }), maxQueued: fc.nat(4) })
    const actions = fc.array(fc.tuple(fc.constantFrom<Action>('enter', 'enter', 'leave', 'abort'), fc.nat(9)), {
      maxLength: 50,
    })
    await fc.assert(
      fc.asyncProperty(sizes, actions, async (size, schedule) => {
        const bulkhead = new Bulkhead(size)
        const inside: number[] = []
        const queue: { who: number; caller: AbortController }[] = []
        const served: number[] = []
        const expected: number[] = []
        const moveUp = (): void => {
          const next = queue.shift()
          if (next) inside.push(expected[expected.push(next.who) - 1] ?? -1)
        }
        for (const [who, [action, which]] of schedule.entries()) {
          if (action === 'enter') {
            const caller = new AbortController()
            const entering = bulkhead.enter(caller.signal)
            const isFull = inside.length === size.maxConcurrent
            expect(entering === null).toBe(isFull && queue.length === size.maxQueued)
            void entering?.then(
              () => served.push(who),
              () => {},
            )
            if (entering && isFull) queue.push({ who, caller })
            else if (entering) inside.push(expected[expected.push(who) - 1] ?? -1)
          }
          if (action === 'leave' && inside.length > 0) {
            inside.splice(which % inside.length, 1)
            bulkhead.leave()
            moveUp()
          }
          if (action === 'abort') queue.splice(which % Math.max(queue.length, 1), 1)[0]?.caller.abort()
          expect(inside.length).toBeLessThanOrEqual(size.maxConcurrent)
        }
        await settled()
        expect(served).toEqual(expected)
        while (inside.length > 0) {
          inside.pop()
          bulkhead.leave()
          moveUp()
        }
        const free = Array.from({ length: size.maxConcurrent + size.maxQueued + 1 }, () => bulkhead.enter(nobody))
        expect(free.filter((entering) => entering !== null)).toHaveLength(size.maxConcurrent + size.maxQueued)
      }),
      { numRuns: 500 },
    )
  })
})
