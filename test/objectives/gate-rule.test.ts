import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GateChances, chancesOfAll, gateChances, missAlphaOf } from '../../src/objectives/gate-rule.ts'
import { gates } from '../../src/objectives/gates.ts'
import { judgeTaskRepeats } from '../../src/objectives/judge-task-repeats.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { repeatGateRule } from '../../src/objectives/repeat-gate-rule.ts'
import { shareLevel } from '../../src/objectives/share-level.ts'
import { gateResults } from '../../src/results/gate-results.ts'
import { countsOf } from '../../src/results/summarise-condition.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { measured, outcomeOf, taskIds } from '../results/comparison/_results.ts'

const rate = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const level = fc.integer({ min: 1, max: 99 }).map((hundredths) => hundredths / 100)

/** What the gate itself says of each possible count, weighed by its chance. */
function byEveryCount(trials: number, p: number, judge: (solved: number) => keyof GateChances): GateChances {
  const chances = { passed: 0, failed: 0, undecided: 0 }
  for (let solved = 0; solved <= trials; solved++) chances[judge(solved)] += Math.exp(binomialLogPmf(solved, trials, p))
  return chances
}

function expectSame(chances: GateChances, wanted: GateChances): void {
  for (const outcome of ['passed', 'failed', 'undecided'] as const) {
    expect(chances[outcome], outcome).toBeCloseTo(wanted[outcome], 9)
  }
}

const outcomeOfVerdict = { met: 'passed', missed: 'failed', inconclusive: 'undecided' } as const
const outcomeOfLevel = { reached: 'passed', 'not reached': 'failed', undecided: 'undecided' } as const

describe('the chances of a gate are those of its own judgement over every possible count', () => {
  it('of an objective among others, whose misses are adjusted together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        rate,
        level,
        fc.integer({ min: 0, max: 3 }),
        (n, p, share, others) => {
          const objective = objectives.taskSuccess(share)
          const always = Array.from({ length: others }, () => objectives.taskSuccess(0))
          const judge = (solved: number) => {
            const { tally } = measured(
              '',
              Array.from({ length: n }, (_, trial) => [outcomeOf(0, trial < solved)]),
            )
            const counts = countsOf({ name: 'it', family: null }, tally)
            const { objectives: judged } = gateResults({ objectives: [objective, ...always], tasks: taskIds }, [
              { tally, counts },
            ])
            return outcomeOfVerdict[judged[0]?.verdict ?? 'inconclusive']
          }
          const missAlpha = missAlphaOf(1 + others, 'holm')
          const rule = { kind: 'interval', level: shareLevel(objective)?.level ?? 0, missAlpha } as const
          expectSame(gateChances(rule, n, p), byEveryCount(n, p, judge))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('of a gate on one task, by interval, by counting and in a row', () => {
    const gate = fc.oneof(
      level.map((atLeast) => gates.eachTask({ atLeast })),
      fc.tuple(level, fc.integer({ min: 1, max: 30 })).map(([atLeast, of]) => gates.eachTask({ atLeast, of })),
      fc.tuple(fc.integer({ min: 1, max: 5 }), level).map(([k, atLeast]) => gates.passHatK(k, atLeast)),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), rate, gate, (made, p, asked) => {
        const repeats = asked.gate === 'each task' && asked.of !== null ? Math.min(made, asked.of) : made
        const judge = (solved: number) =>
          outcomeOfLevel[judgeTaskRepeats(asked, { task: 'it', solved, of: repeats }).verdict]
        expectSame(gateChances(repeatGateRule(asked, 0.05), made, p), byEveryCount(repeats, p, judge))
      }),
      { numRuns: 200 },
    )
  })

  it('of several parts: all must pass, and one is enough to fail', () => {
    const sure = { passed: 1, failed: 0, undecided: 0 }
    const half = { passed: 0.5, failed: 0.25, undecided: 0.25 }
    expect(chancesOfAll([sure, sure])).toEqual(sure)
    expect(chancesOfAll([half, half])).toEqual({ passed: 0.25, failed: 0.4375, undecided: 0.3125 })
    expect(missAlphaOf(5, 'holm')).toBe(0.01)
    expect(missAlphaOf(5, 'none')).toBe(0.05)
  })
})

describe('the level of an objective on a share', () => {
  it('is that of its good events, whichever of them are counted', () => {
    expect(shareLevel(objectives.taskSuccess(0.95))).toEqual({ level: 0.95, countsBad: false })
    expect(shareLevel(objectives.timeoutRate({ atMost: 0.1 }))).toEqual({ level: 0.9, countsBad: true })
    expect(shareLevel(objectives.latency({ p99Ms: 30_000 }))).toEqual({ level: 0.99, countsBad: false })
    expect(shareLevel(objectives.latency({ p50Ms: 1_000 }))).toEqual({ level: 0.5, countsBad: false })
    expect(shareLevel(objectives.toolCallsPerTask({ atMost: 3 }))).toBeNull()
  })
})
