import { describe, expect, it } from 'vitest'
import { type DeclaredCheck, judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { keyedUniform } from '../../src/simulation/keyed-hash.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { conditionOf, declarationOf, tasksOf } from './_counts.ts'

const trueRate = 0.9

function verdictOn(value: number, solved: number, trials: number): DeclaredCheck['verdict'] | undefined {
  const declaration = declarationOf({ values: [{ metric: 'task_success', value }] })
  return judgeDeclaration(declaration, [conditionOf(tasksOf(solved, trials))])[0]?.verdict
}

/** Verdicts by how many tasks were solved; looked up thousands of times. */
function verdictsOn(value: number, trials: number): (DeclaredCheck['verdict'] | undefined)[] {
  return Array.from({ length: trials + 1 }, (_, solved) => verdictOn(value, solved, trials))
}

/** The exact chance of a verdict for an agent of a true rate. */
function chanceOf(
  verdict: DeclaredCheck['verdict'],
  verdicts: readonly (DeclaredCheck['verdict'] | undefined)[],
  rate: number,
): number {
  return verdicts.reduce(
    (sum, one, solved) => (one === verdict ? sum + Math.exp(binomialLogPmf(solved, verdicts.length - 1, rate)) : sum),
    0,
  )
}

/** What an agent of the true rate solves, by seed. */
function solvedBy(seed: number, trials: number): number {
  let solved = 0
  for (let trial = 0; trial < trials; trial++) if (keyedUniform(seed, 'solves', trial) < trueRate) solved++
  return solved
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed)

describe('declarations of an agent whose true rate is 0.90', () => {
  it('refutes 0.97 and upholds 0.85 for at least 198 of 200 seeds at 2 000 trials, and never the other way round', () => {
    const solved = seeds.map((seed) => solvedBy(seed, 2_000))
    const verdicts97 = solved.map((count) => verdictOn(0.97, count, 2_000))
    const verdicts85 = solved.map((count) => verdictOn(0.85, count, 2_000))
    expect(verdicts97.filter((verdict) => verdict === 'refuted').length).toBeGreaterThanOrEqual(198)
    expect(verdicts85.filter((verdict) => verdict === 'upheld').length).toBeGreaterThanOrEqual(198)
    expect(verdicts97).not.toContain('upheld')
    expect(verdicts85).not.toContain('refuted')
  })

  it('cannot uphold 0.90 with 20 trials, and is inconclusive for at least 190 of 200 seeds', () => {
    const verdicts = seeds.map((seed) => verdictOn(0.9, solvedBy(seed, 20), 20))
    expect(verdicts).not.toContain('upheld')
    expect(verdicts.filter((verdict) => verdict === 'inconclusive').length).toBeGreaterThanOrEqual(190)
  })

  it('has these very chances, by exact enumeration', () => {
    expect(chanceOf('refuted', verdictsOn(0.97, 2_000), trueRate)).toBeGreaterThan(0.999_999)
    expect(chanceOf('upheld', verdictsOn(0.85, 2_000), trueRate)).toBeGreaterThan(0.999_999)
    const few = verdictsOn(0.9, 20)
    expect(few).not.toContain('upheld')
    expect(chanceOf('inconclusive', few, trueRate)).toBeCloseTo(0.9887, 4)
  })

  it.each([20, 100, 500, 2_000])(
    'goes the wrong way in at most 2.5 %% of runs of %i trials, whatever the rate',
    (trials) => {
      for (const rate of [0.05, 0.5, 0.8, 0.9, 0.97, 0.99]) {
        const verdicts = verdictsOn(rate, trials)
        // A value that is just true must not be refuted, and one that is just too high must not be upheld.
        expect(chanceOf('refuted', verdicts, rate)).toBeLessThanOrEqual(0.025)
        expect(chanceOf('upheld', verdicts, rate - 1e-9)).toBeLessThanOrEqual(0.025)
      }
    },
  )
})
