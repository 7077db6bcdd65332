import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Whole default budgets are run: a minute on a quiet machine, several on a busy one.
vi.setConfig({ testTimeout: 600_000 })

const config = fileURLToPath(new URL('../../harness.config.ts', import.meta.url))

/** The properties that every agent with tools, approvals and a policy is about. */
const firstSlice = ['L1', 'L2', 'L3', 'L4', 'L8', 'L11', 'R1', 'R2', 'R3', 'R4', 'R5', 'P1', 'P2', 'P3', 'P4']

/** Runs one bundled scenario to its end. */
function runBundled(filter: string, ...flags: readonly string[]) {
  using folder = scratchFolder()
  // The longest of all tests: on one worker the others would be through long before it.
  const args = ['run', filter, '--workers', '2', '--config', config, '--out', folder.path, ...flags]
  const { exitCode, stderr } = shakedown(args)
  const { scenarios } = resultsIn(folder.path)
  expect(scenarios).toHaveLength(1)
  const [scenario] = scenarios
  return { exitCode, stderr, scenario, search: scenario?.search, measure: scenario?.measure }
}

describe('the bundled scenarios of the reference agent', () => {
  it('find nothing at the support desk, exercise all that applies, and uphold what it declares', () => {
    const { exitCode, stderr, scenario, search, measure } = runBundled('support')
    expect(exitCode, stderr).toBe(0)
    expect(scenario?.findings).toEqual([])
    expect(search?.tally.trials).toBeLessThanOrEqual(5_000)
    expect(search?.tally.ends).toEqual({ finished: search?.tally.trials })
    expect(search?.tally.problems).toEqual([])

    const properties = search?.properties ?? []
    expect(properties.filter(({ verdict }) => !['holds', 'not applicable'].includes(verdict))).toEqual([])
    const triggers = new Map(properties.map(({ id, triggers }) => [id, triggers]))
    for (const id of firstSlice) expect(triggers.get(id), `${id} was triggered`).toBeGreaterThanOrEqual(100)

    const families = search?.families ?? []
    expect(families.map(({ family }) => family).toSorted()).toEqual([
      'context overflows',
      'latency',
      'policy violations',
      'rate limits',
      'rejections',
      'server errors',
      'tool failures',
      'transport',
    ])
    for (const { family, delivered } of families) {
      expect(delivered, `${family} delivered`).toBeGreaterThanOrEqual(500)
    }

    expect(measure?.conditions.map(({ tally }) => tally.trials)).toEqual(Array(5).fill(measure?.declaredTrials))
    const verdicts = {
      declared: scenario?.inForce.flatMap(({ checks }) => checks.map(({ verdict }) => verdict)),
      objectives: measure?.objectives.map(({ verdict }) => verdict),
    }
    expect(verdicts).toEqual({ declared: Array(11).fill('upheld'), objectives: Array(44).fill('met') })
  })

  it('find nothing at the library desk', () => {
    const { exitCode, stderr, scenario, search } = runBundled('resilience', '--trials', '200')
    expect(scenario?.findings).toEqual([])
    expect(search?.properties.filter(({ verdict }) => verdict === 'violated')).toEqual([])
    expect(search?.tally.problems).toEqual([])
    // So few trials may leave a property vacuous; the soak runs twenty thousand.
    expect([0, 3], stderr).toContain(exitCode)
  })
})
