import { openStore, runNamed, statements, stepOf, storeFault, storePath, withFile } from './_store.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import { StoreError, asStoreError } from '../../../src/agent/store/store-error.ts'

/** Opening a fresh file takes this many calls: open, pragmas, version, tables. */
const opening = 4

/** Calls of one write of two changes: begin, two rows, commit. */
const writing = 4

/** A text that needs a page of its own. */
const long = 'x'.repeat(2_000)

const pair = (store: AgentStore, id: string) => [store.runs.put(runNamed(id, long)), store.steps.put(stepOf(id, 1))]

const kindOf = (error: unknown): string => (error instanceof StoreError ? error.kind : String(error))

/** Writes three pairs of records; says how each ended, and what a store that is opened afterwards finds. */
async function threeWrites(faults: readonly Fault[]) {
  return withFile(async () => {
    const store = openStore()
    const ends: string[] = []
    for (const id of ['a', 'b', 'c']) ends.push(await store.write(pair(store, id)).then(String, kindOf))
    await store.close()
    const reopened = openStore()
    const runs = await reopened.runs.list(null).then((found) => found.map(({ id }) => id), kindOf)
    const steps = await reopened.steps.list(null).then((found) => found.map(({ run }) => run), kindOf)
    return { ends, runs, steps }
  }, faults)
}

const nth = (n: number) => ({ on: 'nth', n }) as const

describe('a write that a fault of the file strikes', () => {
  const cases: [string, JsonObject, string][] = [
    ['store.full', {}, 'full'],
    ['store.readonly', {}, 'failed'],
    ['store.connection', { form: 'folder_gone' }, 'gone'],
    ['store.connection', { form: 'not_a_file' }, 'gone'],
    ['store.query', {}, 'failed'],
  ]
  it.each(cases)(
    '%s %j is told at once, leaves nothing half and costs nothing that was acknowledged',
    async (id, parameters, kind) => {
      const struck = new Set<string>()
      for (let call = opening + writing + 1; call <= opening + 2 * writing; call++) {
        const { value, deliveries, virtualMs } = await threeWrites([storeFault(id, nth(call), parameters)])
        // A COMMIT that cannot remove its journal fails as well, with a code that the fault does not know for its own.
        const end = value.ends[1] ?? ''
        struck.add(end)
        expect(deliveries[0] === 1 ? [kind] : [kind, 'true']).toContain(end)
        expect(value.ends).toEqual(['true', end, 'true'])
        expect(value.runs).toEqual(end === 'true' ? ['a', 'b', 'c'] : ['a', 'c'])
        expect(value.steps).toEqual(value.runs)
        expect(virtualMs).toBe(0)
      }
      expect(struck).toContain(kind)
    },
  )

  it.each(['header', 'pages'])('store.corrupt of the %s is corrupt from then on, also for readers', async (form) => {
    const { value } = await threeWrites([storeFault('store.corrupt', nth(opening + writing + 1), { form })])
    expect(value).toEqual({ ends: ['true', 'corrupt', 'corrupt'], runs: 'corrupt', steps: 'corrupt' })
  })
})

describe('a lock that somebody else holds', () => {
  it('is waited for in bounded steps, in virtual time, and not inside SQLite', async () => {
    const { value, virtualMs, events } = await threeWrites([
      storeFault('store.busy', { on: 'burst', from: opening + writing + 1, length: 3 }),
    ])
    expect(value).toMatchObject({ ends: ['true', 'true', 'true'], runs: ['a', 'b', 'c'] })
    expect(virtualMs).toBe(5 + 20 + 50)
    expect(statements(events).filter((line) => line === '× SQLITE_BUSY')).toHaveLength(3)
  })

  it('fails what waits for it after the last wait, and costs nothing else', async () => {
    const { value, virtualMs } = await threeWrites([
      storeFault('store.busy', { on: 'burst', from: opening + writing + 1, length: 7 }),
    ])
    expect(value).toEqual({ ends: ['true', 'busy', 'true'], runs: ['a', 'c'], steps: ['a', 'c'] })
    expect(virtualMs).toBe(775)
  })

  it('is waited for while the file is opened', async () => {
    const { value } = await threeWrites([storeFault('store.busy', { on: 'burst', from: 2, length: 3 })])
    expect(value.ends).toEqual(['true', 'true', 'true'])
  })

  it('is not waited for by a task that is cancelled meanwhile', async () => {
    const caller = new AbortController()
    const { value, virtualMs } = await withFile(async () => {
      const store = openStore()
      setTimeout(() => caller.abort(), 10)
      return store.write(pair(store, 'a'), { signal: caller.signal }).then(String, (error: Error) => error.name)
    }, [storeFault('store.busy', { on: 'every', n: 1 })])
    expect([value, virtualMs]).toEqual(['CancelledError', 10])
  })

  it('does not let a later write overtake an earlier one', async () => {
    const { value } = await withFile(async () => {
      const store = openStore()
      const writes = ['one', 'two'].map((input) => store.write([store.runs.put(runNamed('a', input))]))
      await Promise.all(writes)
      return (await store.runs.get('a'))?.input
    }, [storeFault('store.busy', nth(opening + 1))])
    expect(value).toBe('two')
  })
})

describe('a file that cannot be used', () => {
  it('is tried anew by the next operation where it could not be opened', async () => {
    const { value } = await threeWrites([storeFault('store.connection', nth(1))])
    expect(value).toMatchObject({ ends: ['gone', 'true', 'true'], runs: ['b', 'c'] })
  })

  it('is not silently begun anew where it was emptied under the store', async () => {
    const { value } = await withFile(async () => {
      const store = openStore()
      await store.write(pair(store, 'a'))
      const { runs, steps } = await dropTables(store)
      return [runs, steps]
    })
    expect(value).toEqual(['failed', 'gone'])
  })

  it('is refused where a later program has made it, or another one', async () => {
    const open = (sql: string) =>
      withFile(async () => {
        new DatabaseSync(storePath).exec(sql)
        return openStore().runs.get('a').then(String, String)
      })
    expect((await open('PRAGMA user_version = 9')).value).toContain(
      'its file has the version 9, and this program writes 3',
    )
    expect((await open('CREATE TABLE runs (x)')).value).toContain(
      'StoreError: The store cannot be used: table runs already exists',
    )
  })

  it('is corrupt where a record is not what was written', async () => {
    const { value } = await withFile(async () => {
      const store = openStore()
      await store.write(pair(store, 'a'))
      const other = new DatabaseSync(storePath)
      const read = async (body: string): Promise<string> => {
        other.prepare('UPDATE runs SET body = ?').run(body)
        return store.runs.get('a').then(String, kindOf)
      }
      return [
        await read('{"id":"a"}'),
        await read('no JSON'),
        await store.steps.list('a').then((found) => found.length),
      ]
    })
    expect(value).toEqual(['corrupt', 'corrupt', 1])
  })

  /** Another program takes all tables away, so that the file is as good as new. */
  async function dropTables(store: AgentStore) {
    const other = new DatabaseSync(storePath)
    for (const { name } of other.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()) {
      other.exec(`DROP TABLE ${String(name)}`)
    }
    other.exec('PRAGMA user_version = 0')
    other.close()
    const runs = await store.runs.get('a').then(String, kindOf)
    return { runs, steps: await store.steps.list('a').then(String, kindOf) }
  }
})

it('an error that is not of SQLite stays what it is', () => {
  const error = new RangeError('no')
  expect(asStoreError(error)).toBe(error)
})

it.each([
  [5, 'busy'],
  [517, 'busy'],
  [6, 'busy'],
  [13, 'full'],
  [11, 'corrupt'],
  [26, 'corrupt'],
  [14, 'gone'],
  [10, 'gone'],
  [1032, 'gone'],
  [8, 'failed'],
  [1, 'failed'],
])('SQLite %i is %s', (errcode, kind) => {
  const thrown = Object.assign(new Error('so'), { code: 'ERR_SQLITE_ERROR', errcode })
  expect(asStoreError(thrown)).toMatchObject({ name: 'StoreError', kind, cause: thrown })
})
