import { describe, expect, it } from 'vitest'
import { gates } from '../../../src/objectives/gates.ts'
import { objectives } from '../../../src/objectives/objectives.ts'
import type { Reading } from '../../../src/objectives/population.ts'
import { burntGates } from '../../../src/results/burn-in/burnt-gates.ts'
import { declarationResults } from '../../../src/results/declaration-result.ts'
import { type QuarantineTerms, noQuarantine } from '../../../src/results/quarantine/quarantine-terms.ts'
import { type MeasureTerms, summariseMeasure } from '../../../src/results/summarise-measure.ts'
import { declarationOf } from '../../objectives/_counts.ts'
import { measured, outcomeOf, taskIds } from '../comparison/_results.ts'

const trials = Array.from({ length: 300 }, (_, trial) => [
  outcomeOf(trial % 3, trial % 3 > 0 || trial < 150, { timedOut: trial < 30 }),
])

function burnt(terms: Partial<MeasureTerms>, reading?: Reading, quarantine: QuarantineTerms = noQuarantine) {
  const { repeatGates = [] } = terms
  const own = { objectives: [], declaration: null, strata: ['all'], tasks: taskIds, quarantine, ...terms }
  const measure = summariseMeasure([{ ...measured('tool failures', trials), causes: [] }], {
    declaredTrials: 300,
    ...own,
    ...(reading && { reading }),
    ...(reading?.isSequential === true && { mostTrials: 300 }),
  })
  const declarations = declarationResults({ measure, inForce: [] })
  return burntGates({ measure, declarations, repeatGates, tasks: taskIds, quarantine })
}

describe('the gates of one run of a burn-in', () => {
  it('are what they ask for, what became of them, the good events, and the rule with its part of the level', () => {
    const terms = {
      objectives: [objectives.taskSuccess(0.7), objectives.timeoutRate({ atMost: 0.2 })],
      repeatGates: [gates.eachTask({ atLeast: 0.8 })],
    }
    // Two objectives and three tasks.
    const missAlpha = 0.05 / 5
    expect(burnt(terms)).toEqual([
      {
        gate: 'task success of at least 70 % under tool failures',
        outcome: 'passed',
        shares: [{ task: null, good: 250, of: 300, observations: 300 }],
        rule: { kind: 'interval', level: 0.7, missAlpha },
      },
      {
        gate: 'timeout rate of at most 20 % under tool failures',
        outcome: 'passed',
        shares: [{ task: null, good: 270, of: 300, observations: 300 }],
        rule: { kind: 'interval', level: 0.8, missAlpha },
      },
      {
        gate: 'each task solved in at least 80 % of its repeats under tool failures',
        outcome: 'failed',
        shares: taskIds.map((task, index) => ({ task, good: index === 0 ? 50 : 100, of: 100, observations: 100 })),
        rule: { kind: 'interval', level: 0.8, missAlpha },
      },
    ])
  })

  it('are judged without what is in quarantine, which is burned in all the same', () => {
    const held = objectives.taskSuccess(0.99)
    const quarantine = { tasks: ['refund'], gates: [held], scenario: false }
    const terms = { objectives: [held], repeatGates: [gates.eachTask({ atLeast: 0.8 })] }
    expect(burnt(terms, undefined, quarantine)).toMatchObject([
      { gate: 'task success of at least 99 % under tool failures (in quarantine)', rule: { missAlpha: 0.05 } },
      { outcome: 'passed', shares: [{ task: 'status' }, { task: 'return' }], rule: { missAlpha: 0.025 } },
    ])
  })

  it('are declared values as well, adjusted by nobody; too few trials claim nothing', () => {
    const [claimed] = burnt({ declaration: declarationOf() })
    expect(claimed).toMatchObject({
      gate: 'declared task_success of at least 90 % under tool failures (declaration 1.2.0)',
      outcome: 'failed',
      rule: { level: 0.9, missAlpha: 0.05 },
    })
    expect(burnt({ declaration: declarationOf({ minimumTrials: 301 }) })).toMatchObject([
      { outcome: 'undecided', rule: null },
    ])
  })

  it('have no rule where chances depend on more than the shares, and no shares where they are means', () => {
    const terms = { objectives: [objectives.taskSuccess(0.7), objectives.toolCallsPerTask({ atMost: 3 })] }
    expect(burnt(terms)[1]).toEqual({
      gate: 'at most 3 tool calls per task on average under tool failures',
      outcome: 'passed',
      shares: [],
      rule: null,
    })
    for (const reading of [
      { population: 'tasks like these', isSequential: false },
      { population: 'these tasks', isSequential: true },
    ] as const) {
      expect(burnt(terms, reading).map(({ rule }) => rule)).toEqual([null, null])
    }
  })
})
