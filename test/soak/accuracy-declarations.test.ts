import { describe, expect, it } from 'vitest'
import { installSimulation } from '../../src/simulation/install.ts'
import { judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { mergeMeasureTallies } from '../../src/results/merge-measure-tallies.ts'
import { countsOf } from '../../src/results/summarise-condition.ts'
import { measureBlock } from '../../src/scenario/measure-block.ts'
import { blockTrials } from '../../src/scenario/plans.ts'
import { declaring } from '../fixtures/measured/ninety-percent.ts'

installSimulation()

const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1)
const scenario = declaring(0.9)

/** What a run of so many trials says of each declared value, from trials over the simulated wire. */
async function verdictsOf(seed: number, trials: number, values: readonly number[]): Promise<string[]> {
  const { conditions, declaration } = scenario.measure ?? {}
  const condition = conditions?.[1]
  if (condition === undefined || !declaration) throw new Error('the scenario measures nothing')
  let tally = emptyMeasureTally
  for (let block = 0; block * blockTrials < trials; block++) {
    const most = Math.min(blockTrials, trials - block * blockTrials)
    const spec = {
      scenario,
      seed,
      condition,
      block,
      trials: most,
      lost: new Map(),
      onTurn: () => {},
      onTrial: () => {},
    }
    tally = mergeMeasureTallies(tally, await measureBlock(spec))
  }
  return values.map((value) => {
    const declared = { ...declaration, values: [{ metric: 'task_success' as const, value }] }
    return judgeDeclaration(declared, [countsOf(condition, tally)])[0]?.verdict ?? ''
  })
}

async function countVerdicts(trials: number, values: readonly number[]): Promise<Record<string, number>[]> {
  const counts = values.map((): Record<string, number> => ({}))
  for (const seed of seeds) {
    for (const [index, verdict] of (await verdictsOf(seed, trials, values)).entries()) {
      const counted = counts[index]
      if (counted !== undefined) counted[verdict] = (counted[verdict] ?? 0) + 1
    }
  }
  console.log(
    `${trials} trials, 200 seeds: ${values.map((value, index) => `${value} ${JSON.stringify(counts[index])}`).join(', ')}`,
  )
  return counts
}

describe('declarations over 200 seeds of an agent of true rate 0.90, every trial run', () => {
  it('refutes 0.97 and upholds 0.85 in at least 99 % at 2 000 trials, and goes the wrong way in at most 5 %', async () => {
    const [of97 = {}, of85 = {}, justTrue = {}, justFalse = {}] = await countVerdicts(2_000, [0.97, 0.85, 0.9, 0.9001])
    expect(of97['refuted']).toBeGreaterThanOrEqual(198)
    expect(of85['upheld']).toBeGreaterThanOrEqual(198)
    expect(of97['upheld'] ?? 0).toBe(0)
    expect(of85['refuted'] ?? 0).toBe(0)
    // The hardest values there are: one that is just true, and one that is just false.
    expect(justTrue['refuted'] ?? 0).toBeLessThanOrEqual(10)
    expect(justFalse['upheld'] ?? 0).toBeLessThanOrEqual(10)
  })

  it('never upholds 0.90 with 20 trials, and is inconclusive for at least 95 %', async () => {
    const [of90 = {}] = await countVerdicts(20, [0.9])
    expect(of90['upheld'] ?? 0).toBe(0)
    expect(of90['inconclusive']).toBeGreaterThanOrEqual(190)
  })
})
