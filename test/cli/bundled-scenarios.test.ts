import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// The whole default budget is run: seconds on a quiet machine, minutes on a busy one.
vi.setConfig({ testTimeout: 600_000 })

const config = fileURLToPath(new URL('../../harness.config.ts', import.meta.url))

describe('the bundled scenarios under their default budget', () => {
  it('find nothing in the reference agent, and exercise every property and every fault family', () => {
    using folder = scratchFolder()
    const { exitCode, stderr } = shakedown(['run', 'support', '--config', config, '--out', folder.path])
    expect(exitCode, stderr).toBe(0)
    const [scenario] = resultsIn(folder.path).scenarios
    expect(scenario?.findings).toEqual([])
    const tally = scenario?.search?.tally
    expect(tally?.trials).toBeLessThanOrEqual(5_000)
    expect(tally?.ends).toEqual({ finished: tally?.trials })
    expect(tally?.problems).toEqual([])
    for (const { id, triggers } of scenario?.search?.properties ?? []) {
      expect(triggers, `${id} was triggered`).toBeGreaterThanOrEqual(100)
    }
    expect(scenario?.search?.properties.length).toBe(15)
    for (const { family, delivered } of scenario?.search?.families ?? []) {
      expect(delivered, `${family} delivered`).toBeGreaterThanOrEqual(1_000)
    }
    expect(scenario?.search?.families.length).toBe(5)
  })
})
