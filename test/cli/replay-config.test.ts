import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodeToken, encodeToken } from '../../src/scenario/replay-token.ts'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const named = 'test/fixtures/relations/named.config.ts'

/** The token of the first finding of a run. */
function tokenOf(config: string): string {
  using folder = scratchFolder()
  shakedown(['run', 'strict', '--config', config, '--trials', '200', '--out', folder.path])
  return resultsIn(folder.path).scenarios[0]?.findings[0]?.token ?? ''
}

describe('a replay token', () => {
  it('knows a configuration that is not found by its name, and is enough anywhere in the project', () => {
    const token = tokenOf(join(root, named))
    expect(decodeToken(token).config).toBe(named)
    for (const cwd of [root, import.meta.dirname]) {
      const { exitCode, stdout, stderr } = shakedown(['replay', token], { cwd })
      expect(stderr).toBe('')
      expect(stdout).toContain('The trace is the one of the report.')
      expect(exitCode).toBe(1)
    }
    using elsewhere = scratchFolder()
    const { exitCode, stderr } = shakedown(['replay', token], { cwd: elsewhere.path })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`the token speaks of the configuration ${named}, which is neither in`)
  }, 180_000)

  it('says nothing of a configuration that is found by its name', () => {
    const token = tokenOf(fixture('relations'))
    expect(decodeToken(token)).not.toHaveProperty('config')
    const { stdout } = shakedown(['replay', token], { cwd: dirname(fixture('relations')) })
    expect(stdout).toContain('The trace is the one of the report.')
  }, 180_000)

  it('never names a configuration outside of the project', () => {
    const about = { file: 'a.ts', scenario: 'a', seed: 1, trial: 0, property: 'R4', plan: { faults: [] } }
    const hash = '0123456789abcdef'
    for (const config of ['../a.ts', 'a/../../b.ts', '/etc/a.ts', 'C:\\a.ts', '\\\\host\\a.ts', '..\\a.ts', ''])
      expect(() => encodeToken({ ...about, hash, config }), config).toThrow()
    expect(decodeToken(encodeToken({ ...about, hash, config: 'a/..b/c.ts' })).config).toBe('a/..b/c.ts')
  })
})
