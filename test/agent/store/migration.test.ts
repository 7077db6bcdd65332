import { openStore, stepOf, storePath, withFile } from './_store.ts'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'

const run = (id: string, status: string, stop: string | null, answer: string | null = null) => ({
  table: 'runs',
  id,
  scope: '',
  body: { id, input: 'Refund A-1.', user: null, status, stop, answer, startedAtMs: 1, endedAtMs: null },
})

const reply = { content: 'Yes.', refusal: null, finishReason: 'stop', calls: [], reasoning: [], usage: null }

const step = (number: number, status: string, said: object | null) => ({
  table: 'steps',
  id: JSON.stringify(['a', number]),
  scope: 'a',
  body: { run: 'a', number, status, reply: said, calls: [], invalidReplies: 0, startedAtMs: 1, endedAtMs: null },
})

const trace = {
  table: 'traces',
  id: 't',
  scope: 'a',
  body: { id: 't', run: 'a', step: 1, upstream: 'primary', request: { model: 'm' }, response: { n: 1 }, atMs: 1 },
}

const rows = [
  run('a', 'running', null),
  run('b', 'stopped', 'cancelled'),
  run('c', 'stopped', 'requires_approval'),
  run('d', 'stopped', 'llm_api_error'),
  run('e', 'completed', 'end_turn', 'Done.'),
  run('f', 'stopped', 'end_turn'),
  step(1, 'done', reply),
  step(2, 'pending', reply),
  step(3, 'pending', null),
  trace,
]

/** A file as the second version wrote it: tables like those of today, and records without what came later. */
async function secondVersion(): Promise<void> {
  const store = openStore()
  await store.write([])
  await store.close()
  const database = new DatabaseSync(storePath)
  for (const [place, { table, id, scope, body }] of rows.entries()) {
    database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`).run(id, scope, place, JSON.stringify(body))
  }
  database.exec('PRAGMA user_version = 2')
  database.close()
}

it('a file of the second version is made one of this version, and nothing in it is lost', async () => {
  const { value } = await withFile(async () => {
    await secondVersion()
    const store = openStore()
    const [runs, steps, traces] = [
      await store.runs.list(null),
      await store.steps.list('a'),
      await store.traces.list('a'),
    ]
    const last = runs.at(-1)
    const isReplaced = last && (await store.write([store.runs.replace(last, { ...last, answer: 'Again.' })]))
    await store.close()
    return { runs, steps, traces, isReplaced, again: (await openStore().runs.list(null)).length }
  })
  expect(value.runs.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'running'],
    ['b', 'cancelled'],
    ['c', 'waiting_for_approval'],
    ['d', 'failed'],
    ['e', 'completed'],
    // What a fallback had answered could be taken up then.
    ['f', 'failed'],
  ])
  expect(value.runs[4]).toMatchObject({ answer: 'Done.', usage: null, requestMs: null, timeToFirstTokenMs: null })
  // Which reply it was is newer than the file.
  const kept = { ...reply, identity: { id: null, model: null } }
  expect(value.steps).toEqual([
    { ...stepOf('a', 1, 1), status: 'done', reply: kept, progression: 'finished' },
    { ...stepOf('a', 2, 1), reply: kept, progression: 'reply_received' },
    { ...stepOf('a', 3, 1), progression: 'started' },
  ])
  expect(value.traces).toEqual([{ ...trace.body, error: null, tookMs: null }])
  expect([value.isReplaced, value.again]).toEqual([true, 6])
})

it('a file that cannot be made one of this version stays what it was', async () => {
  const { value } = await withFile(async () => {
    await secondVersion()
    const other = new DatabaseSync(storePath)
    other.exec('DROP TABLE traces')
    const refused = await openStore().runs.list(null).then(String, String)
    const found = other.prepare("SELECT body ->> '$.status' AS status FROM runs WHERE id = 'b'").get()
    return { refused, found, version: other.prepare('PRAGMA user_version').get() }
  })
  expect(value.refused).toContain('no such table: traces')
  expect([value.found, value.version]).toMatchObject([{ status: 'stopped' }, { user_version: 2 }])
})
