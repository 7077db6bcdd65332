import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readResults } from '../../src/results/read-results.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

function resultsBytes(args: readonly string[], cwd?: string): string {
  using folder = scratchFolder()
  const config = ['--config', fixture('tiny'), '--out', folder.path]
  const { stderr } = shakedown(['run', 'tiny', ...config, ...args], cwd === undefined ? {} : { cwd })
  expect(stderr).not.toContain('shakedown:')
  return readFileSync(join(folder.path, 'results.json'), 'utf8')
}

function traceHash(bytes: string): string | undefined {
  return readResults(bytes, 'results.json').scenarios[0]?.search?.traceHash
}

describe('one seed', () => {
  it('gives the same bytes twice, with one worker and two, and from another directory', () => {
    const bytes = resultsBytes(['--workers', '1'])
    expect(resultsBytes(['--workers', '1'])).toBe(bytes)
    expect(resultsBytes(['--workers', '2'])).toBe(bytes)
    expect(resultsBytes(['--workers', '2'], tmpdir())).toBe(bytes)
  })

  it('gives the same bytes for an agent whose tools go through sockets', () => {
    const run = (workers: string): string => {
      using folder = scratchFolder()
      const args = ['run', 'axios', '--workers', workers, '--config', fixture('tiny'), '--out', folder.path]
      const { exitCode, stderr } = shakedown(args)
      expect(exitCode, stderr).toBe(0)
      return readFileSync(join(folder.path, 'results.json'), 'utf8')
    }
    expect(run('2')).toBe(run('1'))
  })

  it('gives other traces than another seed', () => {
    // The bytes would differ by the seed that they tell of.
    const [one, two] = ['1', '2'].map((seed) => traceHash(resultsBytes(['--seed', seed, '--trials', '100'])))
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(two).toMatch(/^[0-9a-f]{64}$/)
    expect(two).not.toBe(one)
  })
})
