import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

function run(scenario: string, ...flags: readonly string[]) {
  using folder = scratchFolder()
  const args = ['run', scenario, '--config', fixture('measured'), '--out', folder.path, ...flags]
  const { exitCode, stderr } = shakedown(args)
  const { verdict, scenarios } = resultsIn(folder.path)
  const bytes = readFileSync(join(folder.path, 'results.json'), 'utf8')
  return { exitCode, stderr, verdict, measure: scenarios[0]?.measure ?? null, bytes }
}

describe('a run with a measure, of an agent whose true rate is 0.90', () => {
  it('upholds a declared 0.85, exit 0', () => {
    const { exitCode, verdict, measure } = run('declares-85')
    expect({ exitCode, summary: verdict.summary }).toMatchObject({ exitCode: 0 })
    expect(verdict.summary).toContain('1 declared value upheld')
    expect(measure?.declaration?.checks).toMatchObject([{ verdict: 'upheld', condition: 'tool failures' }])
  })

  it('refutes a declared 0.97, exit 1, and books the failures on the tool', () => {
    const { exitCode, verdict, measure } = run('declares-97')
    expect({ exitCode, summary: verdict.summary }).toEqual({
      exitCode: 1,
      summary: '1 refuted declared value in 1 scenario',
    })
    const { measures, attribution } = measure?.conditions[1] ?? {}
    expect(attribution).toMatchObject({ examined: 20, booked: { tool: 20, organic: 0, shared: 0 } })
    expect(attribution?.failures).toBe(2_000 - (measures?.taskSuccess.count ?? 0))
    expect(attribution?.causes[0]?.plan.faults).toMatchObject([{ id: 'tool.error', only: [1] }])
  })

  it('decides nothing about 0.90 with 20 trials, exit 3', () => {
    const { exitCode, stderr, verdict, measure } = run('declares-90', '--trials', '20')
    expect({ exitCode, summary: verdict.summary }).toEqual({
      exitCode: 3,
      summary: '1 undecided declared value in 1 scenario',
    })
    const said =
      'declared task_success of at least 90 % under tool failures: 20 trials cannot show it, even if nothing goes wrong; it takes at least 36 trials'
    expect(stderr.startsWith(`declares 0.9: ${said}.\n`)).toBe(true)
    expect(measure?.resolution).toEqual([said])
  })

  it('gives the same bytes on one worker and on two', () => {
    const [one, two] = ['1', '2'].map((workers) => run('declares-90', '--trials', '250', '--workers', workers))
    expect(two?.bytes).toBe(one?.bytes)
  })
})

describe('a measure until everything is decided', () => {
  it('ends early, judges by confidence sequences and gives the same bytes on any number of workers', () => {
    const [one, two, three] = ['1', '2', '3'].map((workers) => run('until-decided', '--workers', workers))
    const { exitCode, measure, bytes } = one ?? {}
    expect({ exitCode, trials: measure?.conditions.map(({ tally }) => tally.trials) }).toEqual({
      exitCode: 0,
      trials: [1_000, 1_000],
    })
    expect(measure).toMatchObject({ declaredTrials: 2_000, mostTrials: 2_000 })
    expect(measure?.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met'])
    expect(measure?.declaration?.checks).toMatchObject([{ verdict: 'upheld', observed: { basis: 'any time' } }])
    expect(measure?.declaration?.checks[0]?.sentence).toContain('95 % confidence sequence')
    expect(two?.bytes).toBe(bytes)
    expect(three?.bytes).toBe(bytes)
  })

  it('makes all its trials where they decide nothing, also after the last of them', () => {
    const { exitCode, measure } = run('never-decided')
    expect({ exitCode, trials: measure?.conditions[1]?.tally.trials }).toEqual({ exitCode: 3, trials: 350 })
    expect(measure?.declaration?.checks).toMatchObject([{ verdict: 'inconclusive' }])
  })
})

describe('a measure with a surface', () => {
  it('tells how reliability falls with other wordings and more faults, in the same bytes on any number of workers', () => {
    const [one, two] = ['1', '2'].map((workers) => run('surface', '--workers', workers))
    const { repeats, cells = [] } = one?.measure?.surface ?? {}
    expect({ repeats, trials: cells.map(({ tally }) => tally.trials) }).toEqual({
      repeats: 4,
      trials: Array(6).fill(250),
    })
    // One of two wordings is not understood, and one in ten look-ups fails: (1 - ε / 2)⁴ · (1 - λ)⁴, as far as luck goes.
    const expected = [1, 0.6561, 0.3164, 0.2076, 0.0625, 0.041]
    for (const [index, { reliability }] of cells.entries()) {
      expect(Math.abs((reliability?.value ?? 2) - (expected[index] ?? 0))).toBeLessThan(0.08)
      expect(reliability?.interval[0]).toBeLessThanOrEqual(reliability?.value ?? 0)
      expect(reliability?.interval[1]).toBeGreaterThanOrEqual(reliability?.value ?? 1)
    }
    expect(two?.bytes).toBe(one?.bytes)
  })
})
