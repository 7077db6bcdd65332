// First: what is imported before the simulation is in place escapes it.
import { atTheDesk, sleep } from '../_desk.ts'
import { expect, it } from 'vitest'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'

/** A store that takes a while for each write. */
function slowStore(ms: number): AgentStore {
  const store = memoryStore()
  return {
    ...store,
    async write(changes, options) {
      await sleep(ms)
      return store.write(changes, options)
    },
  }
}

it('a task that is cancelled before it has ended says so, whatever is being written', async () => {
  const stops = new Set<string>()
  for (let cancelAfterMs = 100; cancelAfterMs <= 12_000; cancelAfterMs += 300) {
    const { value } = await atTheDesk({ options: { store: slowStore(1_000) } }, async (ask) => {
      const { stop } = await ask({ cancelAfterMs })
      return { stop, endedAt: performance.now() }
    })
    const expected = value.endedAt <= cancelAfterMs ? 'end_turn' : 'cancelled'
    expect([cancelAfterMs, value.stop]).toEqual([cancelAfterMs, expected])
    stops.add(value.stop)
  }
  expect([...stops].toSorted()).toEqual(['cancelled', 'end_turn'])
})
