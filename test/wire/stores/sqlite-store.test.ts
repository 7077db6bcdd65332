// First: what is imported before the simulation is in place escapes it.
import '../../simulation/_install.ts'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { sqliteStore } from '../../../src/wire/stores/sqlite-store.ts'
import { play } from '../_play.ts'
import { stepsPath, stepsStore, thrownBy, told, withSteps } from './_steps.ts'

const insert = 'INSERT INTO steps (what) VALUES (?)'

describe('a store in an SQLite file', () => {
  it('is real SQLite, each statement of which is a call', async () => {
    const { value, events } = await withSteps((database) => {
      database.exec("INSERT INTO steps (what) VALUES ('look up')")
      database.prepare(insert).run('refund')
      return database.prepare('SELECT what FROM steps').all()
    })
    expect(value).toEqual([{ what: 'look up' }, { what: 'refund' }])
    expect(told(events)).toEqual([
      'open',
      '= null',
      "exec INSERT INTO steps (what) VALUES ('look up')",
      '= null',
      `run ${insert}\n["refund"]`,
      '= {"changes":1,"lastInsertRowid":2}',
      'all SELECT what FROM steps',
      '= [{"what":"look up"},{"what":"refund"}]',
    ])
    expect(events[0]).toMatchObject({ kind: 'store', upstream: 'steps', url: 'sqlite:steps', call: 0 })
  })

  it('is fresh in each world, gone after it, and the same bytes of trace each time', async () => {
    const run = () =>
      withSteps((database) => {
        database.prepare(insert).run('refund')
        // SQLite itself tells where the file is.
        const [{ file } = { file: '' }] = database.prepare('PRAGMA database_list').all()
        return { file: String(file), count: database.prepare('SELECT count(*) AS count FROM steps').get() }
      })
    const [one, other] = [await run(), await run()]
    expect(one.value.count).toEqual({ count: 1 })
    expect(other.value.count).toEqual({ count: 1 })
    expect(one.value.file).not.toBe(other.value.file)
    expect([one, other].map(({ value }) => existsSync(value.file))).toEqual([false, false])
    expect(one.hash).toBe(other.hash)
    expect(JSON.stringify(one.events)).not.toContain(one.value.file)
  })

  it('is found under its path in each form, and says that it is there', async () => {
    const { value, events } = await play({ upstreams: [stepsStore()] }, () => {
      const forms = [stepsPath, relative(process.cwd(), stepsPath), pathToFileURL(stepsPath), Buffer.from(stepsPath)]
      return Promise.resolve(forms.map((path) => new DatabaseSync(path).location()))
    })
    expect(value).toEqual(Array.from({ length: 4 }, () => stepsPath))
    expect(told(events).filter((line) => line === 'open')).toHaveLength(4)
  })

  it('opens when it is told to, and hands rows out one by one', async () => {
    const { value, events } = await play({ upstreams: [stepsStore()] }, () => {
      const database = new DatabaseSync(stepsPath, { open: false })
      expect(database.isOpen).toBe(false)
      database.open()
      for (const what of ['one', 'two', 'three']) database.prepare(insert).run(what)
      const seen: unknown[] = []
      for (const { what } of database.prepare('SELECT what FROM steps').iterate()) {
        seen.push(what)
        if (seen.length === 2) break
      }
      // The first row is fetched ahead of the others.
      for (const { what } of database.prepare('SELECT what FROM steps').iterate()) {
        expect(what).toBe('one')
        break
      }
      // A statement that still had rows to give would keep the table locked.
      database.exec('DROP TABLE steps')
      return Promise.resolve({ seen, none: [...database.prepare('SELECT 1 WHERE 0').iterate()] })
    })
    expect(value).toEqual({ seen: ['one', 'two'], none: [] })
    expect(told(events)).toContain('= {"what":"one"}')
  })

  it('has the clock and the dice of the world', async () => {
    const sql = `SELECT datetime('now') AS now, datetime('now', '+1 day') AS later, CURRENT_TIMESTAMP AS stamp,
      strftime('%s') AS seconds, unixepoch() AS epoch, typeof(unixepoch()) AS type, julianday('2026-01-01') AS day,
      timediff('now', '2025-12-31') AS since, random() AS dice, hex(randomblob(4)) AS blob`
    const read = () =>
      play(
        { upstreams: [stepsStore('CREATE TABLE rows (at TEXT DEFAULT CURRENT_TIMESTAMP, what TEXT)')] },
        async () => {
          const database = new DatabaseSync(stepsPath)
          await new Promise((resolve) => setTimeout(resolve, 3_600_000))
          database.exec("INSERT INTO rows (what) VALUES ('x')")
          const row = database.prepare('SELECT at FROM rows').get()
          const statement = database.prepare(sql)
          statement.setReadBigInts(true)
          return { ...row, ...statement.get() }
        },
      )
    const one = await read()
    expect(one.value).toMatchObject({
      at: '2026-01-01 01:00:00',
      now: '2026-01-01 01:00:00',
      later: '2026-01-02 01:00:00',
      stamp: '2026-01-01 01:00:00',
      seconds: '1767229200',
      epoch: 1767229200n,
      type: 'integer',
      day: 2461041.5,
      since: '+0000-00-01 01:00:00.000',
    })
    expect((await read()).value).toEqual(one.value)
  })

  it('tells of a statement that fails by itself, also one that does not compile', async () => {
    const { value, events } = await withSteps((database) => {
      database.exec('CREATE UNIQUE INDEX once ON steps (what)')
      const statement = database.prepare(insert)
      statement.run('refund')
      return [thrownBy(() => statement.run('refund')), thrownBy(() => database.prepare('SELECT * FROM stepps'))]
    })
    expect(value).toEqual([
      { code: 'ERR_SQLITE_ERROR', errcode: 2067, message: 'UNIQUE constraint failed: steps.what' },
      { code: 'ERR_SQLITE_ERROR', errcode: 1, message: 'no such table: stepps' },
    ])
    expect(told(events).slice(-4)).toEqual([
      `run ${insert}\n["refund"]`,
      '× SQLITE_CONSTRAINT neutral',
      'prepare SELECT * FROM stepps',
      '× SQLITE_ERROR neutral',
    ])
  })

  it('leaves alone every other file, and everything outside a world', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
    try {
      const path = join(folder, 'own.sqlite')
      const { events } = await play({ upstreams: [stepsStore()] }, () => {
        const database = new DatabaseSync(path)
        database.exec('CREATE TABLE t (x)')
        database.close()
        return Promise.resolve()
      })
      expect(events).toEqual([])
      const outside = new DatabaseSync(path)
      expect(outside.prepare("SELECT name, datetime('now') > '2026-01-02' AS isReal FROM sqlite_schema").all()).toEqual(
        [{ name: 't', isReal: 1 }],
      )
      outside.close()
      expect(thrownBy(() => new DatabaseSync(stepsPath))).toMatchObject({ message: 'unable to open database file' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('takes nothing any more once its world has ended', async () => {
    const { value: database, events } = await withSteps((opened) => opened)
    const before = events.length
    expect(thrownBy(() => database.exec('SELECT 1'))).toMatchObject({ message: 'database is not open' })
    expect(events).toHaveLength(before)
  })

  it('cannot be in memory, and has its path to itself', async () => {
    expect(() => sqliteStore({ path: ':memory:' })).toThrow(
      /the store "store" has the path ":memory:", which is no file/,
    )
    const upstreams = [stepsStore(), sqliteStore({ path: stepsPath })]
    await expect(play({ upstreams }, () => Promise.resolve())).rejects.toThrow(
      `two stores have the path "${stepsPath}"; give each a path of its own.`,
    )
  })
})
