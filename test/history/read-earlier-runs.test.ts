import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readEarlierRuns } from '../../src/history/read-earlier-runs.ts'
import { scratchFolder } from '../cli/_shakedown.ts'
import { environment, goodDay } from '../report/_sample.ts'

let folder: ReturnType<typeof scratchFolder>

beforeEach(() => (folder = scratchFolder()))
afterEach(() => folder[Symbol.dispose]())

function put(name: string, content: unknown): void {
  const path = join(folder.path, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
}

it('finds flat files and folders, each with its environment beside it, and nothing else', () => {
  put('2026-03-02.json', goodDay)
  put('release.json', goodDay)
  put('release.environment.json', environment)
  put('nights/one/results.json', goodDay)
  put('nights/one/environment.json', { ...environment, commit: null })
  put('nights/one/trends.json', {})
  put('nights/one/index.html', '<p>')
  put('.hidden/2026-01-01.json', goodDay)
  const { runs, unreadable } = readEarlierRuns(folder.path)
  expect(unreadable).toEqual([])
  expect(runs.map(({ name, at, commit }) => [name, at, commit])).toEqual([
    ['2026-03-02.json', '2026-03-02T00:00:00.000Z', null],
    ['release.json', environment.startedAt, environment.commit],
    ['nights/one/results.json', environment.startedAt, null],
  ])
  expect(runs[0]?.results).toEqual(goodDay)
})

it('has none before the first run was kept', () => {
  expect(readEarlierRuns(join(folder.path, 'nowhere'))).toEqual({ runs: [], unreadable: [] })
})

it('tells what it cannot read, by its name below the folder, and reads the rest', () => {
  put('2026-03-01.json', '{"half":')
  put('2026-03-02.json', { ...goodDay, version: 2 })
  put('2026-03-03.json', goodDay)
  put('2026-03-04/results.json', goodDay)
  put('2026-03-04/environment.json', '[]')
  const { runs, unreadable } = readEarlierRuns(folder.path)
  expect(runs.map(({ name }) => name)).toEqual(['2026-03-03.json'])
  expect(unreadable.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([
    '2026-03-01.json: not JSON, found "{\\"half\\":"; give a results.json that this version of Shakedown wrote',
    expect.stringMatching(/^2026-03-02\.json: .* at "version", found 2; give a results\.json/),
    expect.stringMatching(/^2026-03-04\/results\.json: 2026-03-04\/environment\.json: .*found \[\]/),
  ])
})

it('refuses a run without a date, and a file instead of a folder', () => {
  put('main.json', goodDay)
  expect(() => readEarlierRuns(folder.path)).toThrow(/main\.json: nothing says when this run took place; put/)
  expect(() => readEarlierRuns(join(folder.path, 'main.json'))).toThrow(
    'is no folder that can be read; give the folder',
  )
})
