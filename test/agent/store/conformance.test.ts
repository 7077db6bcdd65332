import { stepOf, runNamed, stores, withFile } from './_store.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'

const cases = Object.entries(stores)

/** Does something with a fresh store, in a world of its own. */
async function withStore<Value>(open: () => AgentStore, use: (store: AgentStore) => Promise<Value>): Promise<Value> {
  const { value } = await withFile(async () => {
    const store = open()
    try {
      return await use(store)
    } finally {
      await store.close()
    }
  })
  return value
}

describe.each(cases)('a store %s', (_name, open) => {
  it('finds what was written, by id and in order within its scope', async () => {
    const found = await withStore(open, async (store) => {
      const { steps } = store
      await store.write([stepOf('b', 2), stepOf('a', 10), stepOf('a', 2)].map((step) => steps.put(step)))
      return {
        one: await steps.get(steps.idOf(stepOf('a', 10))),
        none: await steps.get(steps.idOf(stepOf('a', 11))),
        ofA: (await steps.list('a')).map(({ number }) => number),
        all: (await steps.list(null)).length,
      }
    })
    expect(found).toEqual({ one: stepOf('a', 10), none: null, ofA: [2, 10], all: 3 })
  })

  it('does all changes or none', async () => {
    const found = await withStore(open, async (store) => {
      await store.write([store.runs.add(runNamed('a'))])
      const held = await store.write([store.steps.put(stepOf('a', 1)), store.runs.add(runNamed('a'))])
      return { held, steps: await store.steps.list(null) }
    })
    expect(found).toEqual({ held: false, steps: [] })
  })

  it('lets one of two replace what both have read', async () => {
    const held = await withStore(open, async (store) => {
      const read = runNamed('a')
      await store.write([store.runs.add(read)])
      const replacing = ['one', 'other'].map((answer) =>
        store.write([store.runs.replace(read, { ...read, status: 'completed', answer })]),
      )
      return [await Promise.all(replacing), (await store.runs.get('a'))?.answer]
    })
    expect(held).toEqual([[true, false], 'one'])
  })

  it('keeps apart what is found by two names, whatever is in them', async () => {
    const numbers = await withStore(open, async (store) => {
      const names = ['a', 'a"', 'a",1', '["a"', '', 'ä\u{1f600}', "a'; DROP TABLE steps; --"]
      await store.write(names.map((name, index) => store.steps.add({ ...stepOf(name, 1), startedAtMs: index })))
      return Promise.all(names.map(async (name) => (await store.steps.list(name)).map((step) => step.startedAtMs)))
    })
    expect(numbers).toEqual([[0], [1], [2], [3], [4], [5], [6]])
  })

  it('refuses what is no record before it is written, and everything once it is closed', async () => {
    await withStore(open, async (store) => {
      expect(() => store.runs.put({ ...runNamed('a'), startedAtMs: Number.NaN })).toThrow('startedAtMs')
      await store.close()
      await expect(store.runs.get('a')).rejects.toMatchObject({ name: 'StoreError', kind: 'failed' })
      await expect(store.write([store.runs.put(runNamed('a'))])).rejects.toThrow('The store is closed')
    })
  })

  it('does nothing on behalf of a task that was cancelled', async () => {
    await withStore(open, async (store) => {
      const options = { signal: AbortSignal.abort() }
      await expect(store.write([store.runs.put(runNamed('a'))], options)).rejects.toThrow('cancelled')
      await expect(store.runs.get('a', options)).rejects.toThrow('cancelled')
      expect(await store.runs.get('a')).toBeNull()
    })
  })
})

type Step = { readonly kind: 'add' | 'put' | 'remove' | 'replace'; readonly id: number; readonly text: string }

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind'][]>('add', 'put', 'remove', 'replace'),
  id: fc.nat({ max: 3 }),
  text: fc.string({ unit: 'binary', maxLength: 8 }),
})

/** Writes batch after batch; says which held, and what is there in the end. */
async function history(store: AgentStore, batches: readonly (readonly Step[])[]) {
  const held: boolean[] = []
  for (const batch of batches) {
    const before = new Map((await store.runs.list(null)).map((run) => [run.id, run]))
    const changes = batch.map(({ kind, id, text }) => {
      const run = runNamed(String(id), text)
      return kind === 'replace' ? store.runs.replace(before.get(run.id) ?? run, run) : store.runs[kind](run)
    })
    held.push(await store.write(changes))
  }
  return { held, runs: await store.runs.list(null) }
}

it('a file remembers over restarts what memory remembers without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 5 }), async (batches) => {
      const remembered = await history(memoryStore(), batches)
      const { value } = await withFile(async () => {
        const held: boolean[] = []
        for (const batch of batches) {
          const store = stores['in an SQLite file with a write-ahead log']?.() ?? memoryStore()
          held.push(...(await history(store, [batch])).held)
          await store.close()
        }
        const store = stores['in an SQLite file with a rollback journal']?.() ?? memoryStore()
        return { held, runs: await store.runs.list(null) }
      })
      expect(value).toEqual(remembered)
    }),
    { numRuns: 60 },
  )
})
