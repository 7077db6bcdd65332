import * as fc from 'fast-check'
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Fault, FaultTarget } from '../../../src/contract/fault.ts'
import { storeFileMembers } from '../../../src/faults/families/store-files.ts'
import { thrownBy, told, withSteps } from '../../wire/stores/_steps.ts'
import { fault } from '../_strike.ts'

const store: FaultTarget = { kind: 'store', name: 'steps' }

/** A fault on the third statement after the opening. */
const onThird = (id: string, parameters = {}): Fault => fault(id, store, parameters, { on: 'nth', n: 4 })

const long = 'x'.repeat(2_000)

/** An agent that writes four steps and reads them. */
function fourSteps(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO steps (what) VALUES (?)')
  const thrown = Array.from({ length: 4 }, () => thrownBy(() => insert.run(long)))
  let count: unknown
  const reading = thrownBy(() => (count = database.prepare('SELECT count(*) AS count FROM steps').get()?.['count']))
  return { thrown, reading, count }
}

const isOver = null

describe('a fault on one statement of a store', () => {
  it.each([
    ['store.busy', {}, 5, 'database is locked', 'SQLITE_BUSY failure'],
    ['store.full', {}, 13, 'database or disk is full', 'SQLITE_FULL failure'],
    ['store.readonly', {}, 8, 'attempt to write a readonly database', 'SQLITE_READONLY failure'],
    [
      'store.connection',
      { form: 'folder_gone' },
      1032,
      'attempt to write a readonly database',
      'SQLITE_READONLY failure',
    ],
    [
      'store.connection',
      { form: 'not_a_file' },
      1032,
      'attempt to write a readonly database',
      'SQLITE_READONLY failure',
    ],
    ['store.query', {}, 1, 'no such table: steps', 'SQLITE_ERROR neutral'],
  ])('%s %j fails as SQLite does, and is over with it', async (id, parameters, errcode, message, cause) => {
    const { value, events, deliveries } = await withSteps(fourSteps, [onThird(id, parameters)])
    const thrown = { code: 'ERR_SQLITE_ERROR', errcode, message }
    expect(value).toEqual({ thrown: [isOver, isOver, thrown, isOver], reading: null, count: 3 })
    expect(deliveries).toEqual([1])
    const at = told(events).indexOf(`! ${id}`)
    expect(told(events)[at + 1]).toBe(`× ${cause}`)
  })

  it.each([
    ['header', 26, 'file is not a database'],
    ['pages', 11, 'database disk image is malformed'],
  ])('store.corrupt of the %s is for good', async (form, errcode, message) => {
    const { value, deliveries } = await withSteps(fourSteps, [onThird('store.corrupt', { form })])
    const thrown = { code: 'ERR_SQLITE_ERROR', errcode, message }
    expect(value).toEqual({ thrown: [isOver, isOver, thrown, thrown], reading: thrown, count: undefined })
    expect(deliveries).toEqual([1])
  })

  it('store.connection keeps a store from being opened', async () => {
    const opening = fault('store.connection', store, { form: 'folder_gone' })
    await expect(withSteps(fourSteps, [opening])).rejects.toMatchObject({
      errcode: 14,
      message: 'unable to open database file',
    })
  })
})

describe('a fault that a statement does not meet', () => {
  it.each(['store.full', 'store.readonly', 'store.connection'])('%s does not count at a reading', async (id) => {
    const reading = fault(id, store, id === 'store.connection' ? { form: 'folder_gone' } : {}, { on: 'nth', n: 6 })
    const { value, deliveries, events } = await withSteps(fourSteps, [reading])
    expect(value).toMatchObject({ reading: null, count: 4 })
    expect(deliveries).toEqual([0])
    expect(told(events).join()).not.toContain(id)
  })

  it('store.full does not count where there is room left, and store.query where no table is asked for', async () => {
    const run = (database: DatabaseSync) => {
      const small = database.prepare("INSERT INTO steps (what) VALUES ('x')")
      small.run()
      small.run()
      return database.prepare('SELECT 1 AS one').get()
    }
    const full = fault('store.full', store, {}, { on: 'nth', n: 3 })
    const query = fault('store.query', store, {}, { on: 'nth', n: 4 })
    const { value, deliveries } = await withSteps(run, [full, query])
    expect(value).toEqual({ one: 1 })
    expect(deliveries).toEqual([0, 0])
  })
})

it('a full disk is met by the first row of some length', async () => {
  const run = (database: DatabaseSync) =>
    thrownBy(() => database.exec(`INSERT INTO steps (what) VALUES ('${'x'.repeat(600)}')`))
  const { value, deliveries } = await withSteps(run, [fault('store.full', store, {}, { on: 'nth', n: 2 })])
  expect([value?.['errcode'], deliveries]).toEqual([13, [1]])
})

describe('a lock that another connection holds', () => {
  it('lets readers of a write-ahead log pass, and no writer', async () => {
    const run = (database: DatabaseSync) => {
      database.exec('PRAGMA journal_mode = WAL')
      return fourSteps(database)
    }
    const { value, deliveries } = await withSteps(run, [
      fault('store.busy', store, {}, { on: 'burst', from: 3, length: 9 }),
    ])
    expect(value.thrown.map((thrown) => thrown?.['errcode'])).toEqual([5, 5, 5, 5])
    expect(value).toMatchObject({ reading: null, count: 0 })
    expect(deliveries).toEqual([4])
  })

  it('cannot be had while the agent holds it itself', async () => {
    const run = (database: DatabaseSync) => {
      database.exec('BEGIN IMMEDIATE')
      const result = fourSteps(database)
      database.exec('COMMIT')
      return result
    }
    const within = fault('store.busy', store, {}, { on: 'nth', n: 4 })
    const { value, deliveries } = await withSteps(run, [within])
    expect(value).toMatchObject({ thrown: [null, null, null, null], count: 4 })
    expect(deliveries).toEqual([0])
  })
})

describe('faults of a store, whatever they are', () => {
  const anyFault = fc
    .constantFrom(...storeFileMembers)
    .chain(({ id, arbitrary }) => fc.tuple(fc.constant(id), arbitrary, fc.integer({ min: 1, max: 6 })))
    .map(([id, parameters, n]) => fault(id, store, parameters, { on: 'nth', n }))

  it('count where a statement failed or the file was damaged, and nowhere else; a statement that failed wrote nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFault, { minLength: 1, maxLength: 3 }), async (plan) => {
        const run = async () => {
          try {
            return await withSteps(fourSteps, plan)
          } catch {
            return null
          }
        }
        const [one, other] = [await run(), await run()]
        // The store could not be opened.
        if (one === null || other === null) {
          expect(one).toBe(other)
          return
        }
        expect(one.hash).toBe(other.hash)
        const lines = told(one.events)
        const struck = one.deliveries.reduce((sum, count) => sum + count, 0)
        expect(lines.filter((line) => line.startsWith('! '))).toHaveLength(struck)
        const isDamaged = lines.includes('! store.corrupt')
        const failures = lines.filter((line) => line.startsWith('× ')).length
        if (!isDamaged) expect(failures).toBe(struck)
        const written = one.value.thrown.filter((thrown) => thrown === null).length
        if (one.value.reading === null) expect(one.value.count).toBe(written)
      }),
      { numRuns: 60 },
    )
  })
})
