import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from '../cli/_shakedown.ts'
import { frameworkScenarios, seedHashes } from './_framework-scenarios.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 300_000 })

const config = fileURLToPath(new URL('../../harness.config.ts', import.meta.url))

describe.each(frameworkScenarios)('the agent of %s', (scenario) => {
  it('leaves the same traces under twenty seeds in two processes', async () => {
    const seeds = { from: 1, to: 20 }
    const [one, other] = await Promise.all([seedHashes(scenario, seeds), seedHashes(scenario, seeds)])
    expect(new Set(one).size).toBe(20)
    expect(other).toEqual(one)
  })

  it('gives the same results with one worker and two, solves every task without faults, and is reported truly', () => {
    const [one, two] = ['1', '2'].map((workers) => {
      using folder = scratchFolder()
      const file = scenario.slice(scenario.indexOf('/') + 1)
      const { exitCode, stderr } = shakedown([
        'run',
        `${file}.scenario`,
        '--trials',
        '200',
        '--workers',
        workers,
        '--config',
        config,
        '--out',
        folder.path,
      ])
      expect(exitCode, stderr).toBe(0)
      return resultsIn(folder.path).scenarios
    })
    expect(one).toHaveLength(1)
    expect(one?.[0]?.findings.every(({ accepted }) => accepted !== null)).toBe(true)
    expect(two).toEqual(one)
  })
})
