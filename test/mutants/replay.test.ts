import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from '../cli/_shakedown.ts'

const config = fileURLToPath(new URL('harness.config.ts', import.meta.url))

/** Trials enough for each to be caught; all of them within the default budget of the support scenario. */
const mutants = [
  { mutant: 'ignores-retry-after', property: 'R4', trials: 100 },
  { mutant: 'runs-a-forbidden-tool', property: 'P1', trials: 100 },
] as const

describe('the replay line of a finding', () => {
  it.each(mutants)(
    'gives the witness of $property against the mutant that $mutant again, in a fresh process',
    { timeout: 300_000 },
    ({ mutant, property, trials }) => {
      using folder = scratchFolder()
      const run = shakedown([
        'run',
        `support/${mutant}`,
        '--trials',
        String(trials),
        '--config',
        config,
        '--out',
        folder.path,
      ])
      expect(run.exitCode, run.stderr).toBe(1)
      const finding = resultsIn(folder.path).scenarios[0]?.findings.find((one) => one.property === property)
      expect(run.stdout).toContain(`replay ${finding?.token}`)
      expect([1, 2]).toContain(finding?.plan.faults.length)

      const replay = shakedown(['replay', finding?.token ?? '', '--config', config, '--json'])
      expect(replay.exitCode, replay.stderr).toBe(1)
      const replayed = JSON.parse(replay.stdout)
      expect(replayed.witness).toEqual(finding?.witness)
      expect(replayed.traceHash).toBe(finding?.traceHash)
      expect(replayed.isSameTrace).toBe(true)
    },
  )
})
