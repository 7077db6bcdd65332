import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

const sample = readFileSync(join(import.meta.dirname, '../../reports/sample/results.json'), 'utf8')
const formats = [
  'badge-declaration.svg',
  'badge-verdict.svg',
  'ctrf-report.json',
  'gl-code-quality-report.json',
  'results.sarif',
]

const formatsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => formats.includes(name))
    .toSorted()

describe('--format', () => {
  it('adds files to the report of a run, with files named from the root of the repository', () => {
    using folder = scratchFolder()
    const run = ['run', 'tiny.scenario', '--config', fixture('tiny'), '--trials', '20', '--out', folder.path]
    shakedown([...run, '--format', 'sarif,ctrf', '--format', 'codequality'])
    expect(formatsIn(folder.path)).toEqual(['ctrf-report.json', 'gl-code-quality-report.json', 'results.sarif'])
    const { tests } = JSON.parse(readFileSync(join(folder.path, 'ctrf-report.json'), 'utf8')).results
    expect(tests[0].filePath).toBe('test/fixtures/tiny/tiny.scenario.ts')
  })

  it('renders kept results in more formats, and keeps those that are there already up to date', () => {
    using folder = scratchFolder()
    const kept = join(folder.path, 'results.json')
    writeFileSync(kept, sample)
    writeFileSync(join(folder.path, 'results.sarif'), 'of an earlier run')
    shakedown(['report', kept, '--format', 'badge'])
    expect(formatsIn(folder.path)).toEqual(['badge-declaration.svg', 'badge-verdict.svg', 'results.sarif'])
    expect(JSON.parse(readFileSync(join(folder.path, 'results.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
  })

  it('names what there is where a format is unknown', () => {
    const { exitCode, stderr } = shakedown(['report', 'reports/sample/results.json', '--format', 'sarif,pdf'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('expected one of sarif, ctrf, codequality, badge at "format.1"')
  })
})
