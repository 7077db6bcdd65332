import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsIn } from '../report/_workflow-commands.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

const sample = join(import.meta.dirname, '../../reports/sample/results.json')

describe('a job of GitHub Actions', () => {
  it('is told of a run that does not pass, unless it wants to hear nothing', () => {
    using folder = scratchFolder()
    const summary = join(folder.path, 'summary')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    // A scenario file that nothing matches is no run: two trials of one find nothing, which is inconclusive.
    const run = ['run', 'careful', '--config', fixture('vacuous'), '--trials', '2', '--out', folder.path]
    const told = shakedown(run, { env })
    expect(told.exitCode).toBe(3)
    expect(commandsIn(told.stderr)).toMatchObject([
      { command: 'warning', properties: { file: 'test/fixtures/vacuous/careful.scenario.ts', line: '3' } },
    ])
    expect(commandsIn(told.stdout)).toEqual([])
    expect(readFileSync(summary, 'utf8')).toBe(readFileSync(join(folder.path, 'summary.md'), 'utf8'))
    expect(commandsIn(shakedown([...run, '--no-github'], { env }).stderr)).toEqual([])
  })

  it('is told of kept results where that is asked for, after what the step has said before', () => {
    using folder = scratchFolder()
    const summary = join(folder.path, 'summary')
    writeFileSync(summary, '# Before\n')
    const report = ['report', sample, '--out', folder.path]
    const { stderr, exitCode } = shakedown([...report, '--github'], { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(exitCode).toBe(1)
    expect(commandsIn(stderr)[0]).toMatchObject({ command: 'error' })
    expect(readFileSync(summary, 'utf8')).toMatch(/^# Before\n# ✕ FAIL/)
  })

  it('keeps a summary that has no room for more, and its verdict', () => {
    using folder = scratchFolder()
    const summary = join(folder.path, 'summary')
    const full = 'x'.repeat(1024 * 1024 - 10)
    writeFileSync(summary, full)
    const report = ['report', sample, '--out', folder.path, '--github']
    const told = shakedown(report, { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(told.exitCode).toBe(1)
    expect(told.stderr).toContain('The summary of the job was left out: 10 bytes of it are free')
    expect(readFileSync(summary, 'utf8')).toBe(full)
    const nowhere = shakedown(report, { env: { GITHUB_STEP_SUMMARY: join(folder.path, 'no/such/folder') } })
    expect(nowhere.exitCode).toBe(1)
    expect(nowhere.stderr).toContain('The summary of the job was left out: ENOENT')
  })
})
