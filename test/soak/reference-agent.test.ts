import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from '../cli/_shakedown.ts'

const config = fileURLToPath(new URL('../../harness.config.ts', import.meta.url))

/** What a run left, in one line for the log. */
function summary(folder: string): string {
  return resultsIn(folder)
    .scenarios.map(({ name, search, findings }) => {
      const { trials, calls, virtualMs } = search?.tally ?? { trials: 0, calls: 0, virtualMs: 0 }
      const hours = Math.round(virtualMs / 3_600_000)
      return `${name}: ${trials} trials, ${calls} calls, ${hours} h of virtual time, findings ${findings.length}`
    })
    .join('; ')
}

describe('the bundled scenarios under large counts', () => {
  it('find nothing in the reference agent over 100 000 trials', { timeout: 3_600_000 }, () => {
    using folder = scratchFolder()
    const run = shakedown(['run', 'support', '--trials', '100000', '--config', config, '--out', folder.path])
    console.log(summary(folder.path))
    expect(run.exitCode, run.stdout).toBe(0)
  })

  it(
    'find nothing in the library desk over 20 000 trials, and leave no property vacuous',
    { timeout: 3_600_000 },
    () => {
      using folder = scratchFolder()
      const run = shakedown(['run', 'resilience', '--trials', '20000', '--config', config, '--out', folder.path])
      console.log(summary(folder.path))
      expect(run.exitCode, run.stdout).toBe(0)
      const properties = resultsIn(folder.path).scenarios[0]?.search?.properties ?? []
      expect(properties.filter(({ verdict }) => verdict === 'vacuous')).toEqual([])
      expect(properties.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThanOrEqual(80)
    },
  )

  it(
    'find nothing in the agent with every part over 20 000 trials of all families, and leave no property vacuous',
    { timeout: 7_200_000 },
    () => {
      using folder = scratchFolder()
      const run = shakedown(['run', 'whole-agent', '--trials', '20000', '--config', config, '--out', folder.path])
      console.log(summary(folder.path))
      expect(run.exitCode, run.stdout).toBe(0)
      const properties = resultsIn(folder.path).scenarios[0]?.search?.properties ?? []
      expect(properties.filter(({ verdict }) => verdict === 'vacuous')).toEqual([])
      expect(properties.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThanOrEqual(80)
    },
  )

  it.each([2, 3, 5, 8, 13, 21])('pass under seed %i with their default budgets', { timeout: 1_200_000 }, (seed) => {
    using folder = scratchFolder()
    const run = shakedown(['run', '--seed', String(seed), '--config', config, '--out', folder.path])
    console.log(`seed ${seed}: ${summary(folder.path)}`)
    expect(run.exitCode, run.stdout).toBe(0)
  })
})
