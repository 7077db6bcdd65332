import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from '../cli/_shakedown.ts'
import { frameworkScenarios, seedHashes } from './_framework-scenarios.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 300_000 })

const config = fileURLToPath(new URL('../../libraries.config.ts', import.meta.url))

describe.each(frameworkScenarios)('the agent of %s', (scenario) => {
  it('leaves the same traces under ten seeds in two processes', async () => {
    const seeds = { from: 1, to: 10 }
    const [one, other] = await Promise.all([seedHashes(scenario, seeds), seedHashes(scenario, seeds)])
    expect(new Set(one).size).toBe(10)
    expect(other).toEqual(one)
  })

  it('solves every task without faults, and under faults shows nothing but what is accepted', () => {
    using folder = scratchFolder()
    const files = ['run', `${scenario}.scenario`, '--trials', '100']
    const { exitCode, stderr } = shakedown([...files, '--config', config, '--out', folder.path])
    // A hundred trials put not every property to the test, which is exit code 3; the soak runs them all.
    expect([0, 3], stderr).toContain(exitCode)
    const [result] = resultsIn(folder.path).scenarios
    expect(result?.faultFree.failures).toEqual([])
    expect(result?.findings.filter(({ accepted }) => accepted === null)).toEqual([])
  })
})
