import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { publicReport } from '../../../src/cli/editions/public-report.ts'
import { parseReportFlags } from '../../../src/cli/editions/report-flags.ts'
import { reportFiles } from '../../../src/report/report-files.ts'
import { publishReport } from '../../../src/report/publish-report.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { environment, measuredDay } from '../../report/_sample.ts'
import { scratchFolder } from '../_shakedown.ts'

const bytes = Buffer.from(JSON.stringify(measuredDay))

/** The edition that would go from one folder to another. */
function editionTo(folder: string, out: string, keep: readonly string[] = [], full = measuredDay): Results {
  const flags = parseReportFlags({ public: true, keep })
  return publicReport(full, bytes, { flags, folder: out, path: join(folder, 'results.json') })
}

it('keeps the names that were asked for, and knows no others', () => {
  const { edition, scenarios } = editionTo('/full', '/nowhere', ['scenarios'])
  expect(edition?.kept).toEqual(['scenarios'])
  expect(scenarios[0]?.name).toBe('agent that is measured')
  expect(() => editionTo('/full', '/nowhere', ['tasks'])).toThrow(/"tasks"|agents/)
})

it('refuses to replace the full results', () => {
  expect(() => editionTo('/full', '/full')).toThrow('--public would replace the full results in /full')
})

it('refuses a folder in which anything full would be published with it, and takes its own again', () => {
  using folder = scratchFolder()
  const [out, other] = [join(folder.path, 'public'), join(folder.path, 'other')]
  publishReport(out, reportFiles(measuredDay, null))
  expect(() => editionTo(folder.path, out)).toThrow('name an empty folder with --out')
  mkdirSync(other)
  publishReport(other, reportFiles(editionTo(folder.path, other), null))
  expect(editionTo(folder.path, other).edition?.name).toBe('public')
  writeFileSync(join(other, 'environment.json'), JSON.stringify(environment))
  expect(() => editionTo(folder.path, other)).toThrow('name an empty folder with --out')
})

it('takes no earlier results along, which hold names', () => {
  const flags = parseReportFlags({ public: true, previous: '/earlier' })
  const making = (): Results => publicReport(measuredDay, bytes, { flags, folder: '/new', path: '/full/results.json' })
  expect(making).toThrow('earlier results are no part of a public edition; leave out --previous.')
})

it('makes no edition of an edition', () => {
  const edition = editionTo('/full', '/nowhere')
  expect(() => editionTo('/full', '/nowhere', [], edition)).toThrow('is a public edition already')
})
