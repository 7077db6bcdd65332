import { describe, expect, it } from 'vitest'
import { judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { countsOf } from '../../src/results/summarise-condition.ts'
import { measureBlock } from '../../src/scenario/measure-block.ts'
import { installSimulation } from '../../src/simulation/install.ts'
import { declaring } from '../fixtures/measured/ninety-percent.ts'

installSimulation()

describe('a declared 0.90 of an agent whose true rate it is', () => {
  it('is never upheld with 20 trials, and inconclusive for at least 190 of 200 seeds', async () => {
    const scenario = declaring(0.9)
    const { conditions = [], declaration } = scenario.measure ?? {}
    const condition = conditions[1]
    if (condition === undefined || !declaration) throw new Error('the scenario measures nothing')
    const verdicts: (string | undefined)[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const spec = { scenario, seed, condition, block: 0, trials: 20, onTurn: () => {}, onTrial: () => {} }
      const tally = await measureBlock({ ...spec, lost: new Map() })
      verdicts.push(judgeDeclaration(declaration, [countsOf(condition, tally)])[0]?.verdict)
    }
    expect(verdicts).not.toContain('upheld')
    expect(verdicts.filter((verdict) => verdict === 'inconclusive').length).toBeGreaterThanOrEqual(190)
  })
})
