import { expect, it } from 'vitest'
import { dateOfRun } from '../../src/history/date-of-run.ts'
import { environment } from '../report/_sample.ts'

it.each([
  ['2026-11-23.json', '2026-11-23T00:00:00.000Z'],
  ['nightly-20261123.json', '2026-11-23T00:00:00.000Z'],
  ['2026-11-23T08-30-05Z-0123456789ab/results.json', '2026-11-23T08:30:05.000Z'],
  ['20261123T083005Z.json', '2026-11-23T08:30:05.000Z'],
  ['2026-01-01/2026-11-23.json', '2026-11-23T00:00:00.000Z'],
  ['2026-11-23/results/results.json', '2026-11-23T00:00:00.000Z'],
])('reads the day in %s', (name, at) => {
  expect(dateOfRun(null, name, name)).toBe(at)
})

it.each([
  'results.json',
  'main.json',
  '2026-02-31.json',
  '2026-13-01.json',
  '1220261123a.json',
  '2026-11-23T25-00-00Z.json',
])('refuses %s, which has none, and says what to do', (name) => {
  expect(() => dateOfRun(null, name, name)).toThrow(
    `${name}: nothing says when this run took place; put its environment.json beside it, or write the day into its name, e.g. "2026-11-23.json".`,
  )
})

it('believes the environment before any name', () => {
  expect(dateOfRun(environment, '2020-01-01.json', '')).toBe(environment.startedAt)
  expect(dateOfRun({ ...environment, startedAt: '2026-03-01T10:30+01:00' }, '', '')).toBe('2026-03-01T09:30:00.000Z')
  expect(dateOfRun({ ...environment, startedAt: 'yesterday' }, '2020-01-01.json', '')).toBe('2020-01-01T00:00:00.000Z')
})
