import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConditionCounts } from '../../src/objectives/condition-counts.ts'
import { gates } from '../../src/objectives/gates.ts'
import { sumsOf, addWholeSums, noSums } from '../../src/objectives/indicators/whole-sums.ts'
import { noPairs } from '../../src/objectives/indicators/drift-counts.ts'
import { noIndicators } from '../../src/objectives/indicators/task-indicators.ts'
import { noTrialIndicators } from '../../src/objectives/indicators/trial-indicators.ts'
import type { Objective } from '../../src/objectives/objective-schema.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { type GateResults, type GateTerms, gateResults } from '../../src/results/gate-results.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import type { TrialOutcome } from '../../src/results/outcomes/task-outcome.ts'
import { countsOf } from '../../src/results/summarise-condition.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { conditionOf, tasksOf } from '../objectives/_counts.ts'
import { measured, outcomeOf, spread, taskIds } from './comparison/_results.ts'

/** Judges these gates on trials under one condition, "tool failures". */
function judge(terms: Partial<GateTerms>, ...runs: readonly TrialOutcome[][]): GateResults {
  const conditions = runs.map((trials, index) => {
    const { tally } = measured('', trials)
    return { tally, counts: countsOf({ name: index === 0 ? 'tool failures' : `other ${index}`, family: null }, tally) }
  })
  return gateResults({ objectives: [], tasks: taskIds, ...terms }, conditions)
}

/** Trials of one task each, by the solved and all repeats of each task, the failed ones last. */
function repeats(...tasks: readonly (readonly [solved: number, of: number])[]): TrialOutcome[] {
  return tasks.flatMap(([solved, of], task) =>
    Array.from({ length: of }, (_, repeat) => [outcomeOf(task, repeat < solved)]),
  )
}

describe('a gate on each task', () => {
  const gate = gates.eachTask({ atLeast: 0.8 })

  it('finds the dead task that a mean of 97 % hides, and names it', () => {
    const trials = repeats([300, 300], [290, 300], [1, 10])
    const { objectives: mean, repeatGates } = judge(
      { objectives: [objectives.taskSuccess(0.8)], repeatGates: [gate] },
      trials,
    )
    expect(mean[0]?.verdict).toBe('met')
    expect(repeatGates).toMatchObject([
      { verdict: 'missed', met: 2, failing: [{ task: 'return', solved: 1, of: 10 }], undecided: [] },
    ])
    expect(repeatGates[0]?.sentence).toBe(
      'each task solved in at least 80 % of its repeats under tool failures: fails for "return" (1 of 10), kept by 2 tasks, so it is missed',
    )
  })

  it('is undecided while a task may be on either side: ten of ten say no more than 69 %', () => {
    expect(judge({ repeatGates: [gate] }, repeats([300, 300], [300, 300], [10, 10])).repeatGates).toMatchObject([
      { verdict: 'inconclusive', met: 2, undecided: [{ task: 'return', solved: 10, of: 10 }] },
    ])
    expect(judge({ repeatGates: [gate] }, repeats([300, 300], [300, 300])).repeatGates[0]?.undecided).toEqual([
      { task: 'return', solved: 0, of: 0 },
    ])
  })

  it.each([
    ['met', [8, 10]],
    ['missed', [7, 10]],
    ['met', [8, 9]],
    ['missed', [3, 6]],
    ['inconclusive', [7, 9]],
  ] as const)('by counting 8 of 10 is %s with %j, whatever comes after', (verdict, [solved, of]) => {
    const counting = gates.eachTask({ atLeast: 0.8, of: 10 })
    const trials = repeats([10, 10], [10, 10], [solved, of])
    expect(judge({ repeatGates: [counting] }, trials).repeatGates[0]?.verdict).toBe(verdict)
    if (of < 10) return
    const more = Array.from({ length: 50 }, () => [outcomeOf(2, verdict === 'missed')])
    expect(judge({ repeatGates: [counting] }, [...trials, ...more]).repeatGates[0]?.verdict).toBe(verdict)
  })

  it('counts as many as were written: 7 % of 100 are 7', () => {
    const counting = gates.eachTask({ atLeast: 0.07, of: 100 })
    expect(judge({ repeatGates: [counting] }, repeats([7, 100], [7, 100], [7, 100])).repeatGates[0]?.verdict).toBe(
      'met',
    )
  })

  it('asks of k repeats in a row by the power of the interval of one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99 }),
        (k, of, some, atLeast) => {
          const solved = some % (of + 1)
          const noNaN = Number.isNaN(atLeast) ? 0.5 : atLeast
          const [low, high] = clopperPearson(solved, of)
          const expected = low ** k >= noNaN ? 'met' : high ** k < noNaN ? 'missed' : 'inconclusive'
          const terms = { repeatGates: [gates.passHatK(k, noNaN)], familywise: 'none' as const, tasks: ['refund'] }
          expect(judge(terms, repeats([solved, of])).repeatGates[0]?.verdict).toBe(expected)
        },
      ),
    )
  })
})

describe('several gates', () => {
  const level = objectives.taskSuccess(0.9)
  // 0.9 lies just above the exact 95 % interval of 80 of 100: missed alone, with p 0.0039.
  const low = spread(80, 100)

  it('miss by Holm: one of a dozen that are met otherwise is not stopped by chance', () => {
    const others = Array.from({ length: 12 }, () => spread(100, 100))
    expect(judge({ objectives: [level] }, low).objectives[0]?.verdict).toBe('missed')
    const [first] = judge({ objectives: [level] }, low, ...others).objectives
    expect(first?.verdict).toBe('inconclusive')
    expect(first?.sentence).toMatch(
      /missed by itself \(p 0\.00\d+\), and with 13 gates chance alone may do that \(Holm p 0\.0\d+\), so it is inconclusive$/,
    )
    const alone = judge({ objectives: [level], familywise: 'none' }, low, ...others).objectives
    expect(alone[0]?.verdict).toBe('missed')
  })

  // Each a little beyond its limit: missed alone, with a p of some hundredths.
  const total = [...Array(50).fill(100n), ...Array(50).fill(120n)].map(sumsOf).reduce(addWholeSums, noSums)
  const pairs = { ...noPairs, both: 80, firstOnly: 18, lastOnly: 2 }
  it.each<[string, Objective, ConditionCounts]>([
    [
      'tool calls per task',
      objectives.toolCallsPerTask({ atMost: 107.7 }),
      conditionOf(tasksOf(100, 100, { toolCalls: { 100: 50, 120: 50 } })),
    ],
    [
      'tokens per task',
      objectives.tokensPerTask({ atMost: 107.7 }),
      conditionOf(tasksOf(100, 100, { indicators: { ...noIndicators, tokens: { ...noIndicators.tokens, total } } })),
    ],
    [
      'drift',
      objectives.drift({ atMost: 0.07 }),
      conditionOf(tasksOf(100, 100), {
        indicators: { ...noTrialIndicators, drift: { byTurns: { 5: pairs }, places: {}, trials: { 5: 100 } } },
      }),
    ],
  ])('miss by Holm whatever they are of: %s', (_what, objective, counts) => {
    const among = (count: number) => {
      const others = Array.from({ length: count }, () => objectives.taskSuccess(0.5))
      const conditions = [{ counts, tally: emptyMeasureTally }]
      return gateResults({ objectives: [objective, ...others] }, conditions).objectives[0]
    }
    expect(among(0)?.verdict).toBe('missed')
    expect(among(12)?.verdict).toBe('inconclusive')
    expect(among(12)?.sentence).toMatch(/with 13 gates chance alone may do that/)
  })

  it('never turn a gate that is met, and never a miss into a pass', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }), (solved) => {
        const runs = solved.map((count) => spread(count, 100))
        const holm = judge({ objectives: [level] }, ...runs).objectives
        const each = judge({ objectives: [level], familywise: 'none' }, ...runs).objectives
        for (const [index, { verdict }] of holm.entries()) {
          const alone = each[index]?.verdict
          expect(verdict === alone || (alone === 'missed' && verdict === 'inconclusive')).toBe(true)
        }
      }),
    )
  })
})

describe('scores', () => {
  it('are good, below or unknown', () => {
    const { scores } = judge(
      { scores: [0.5, 0.8, 0.99].map((share) => objectives.taskSuccess(share)) },
      spread(80, 100),
    )
    expect(scores.map(({ state }) => state)).toEqual(['good', 'unknown', 'below'])
    expect(scores[2]?.sentence).toMatch(/so it is below$/)
  })
})

describe('what is in quarantine', () => {
  const quarantine = { tasks: [], gates: [], scenario: false }

  it('crowds no other gate: a gate in quarantine leaves the levels of the others alone', () => {
    const [wanted, ...crowd] = [0.95, 0.951, 0.952, 0.953].map((level) => objectives.taskSuccess(level))
    const trials = spread(274, 300)
    const verdicts = (terms: Partial<GateTerms>) =>
      judge({ objectives: [wanted ?? objectives.taskSuccess(1), ...crowd], ...terms }, trials).objectives
    expect(judge({ objectives: [objectives.taskSuccess(0.95)] }, trials).objectives[0]?.verdict).toBe('missed')
    const held = verdicts({ quarantine: { ...quarantine, gates: crowd } })
    expect(held.map(({ isQuarantined }) => isQuarantined)).toEqual([false, true, true, true])
    expect(held.map(({ verdict }) => verdict)).toEqual(['missed', 'missed', 'missed', 'missed'])
  })

  it('is not asked by a gate on each task', () => {
    const gate = gates.eachTask({ atLeast: 0.8 })
    const trials = repeats([300, 300], [290, 300], [1, 10])
    const { repeatGates } = judge({ repeatGates: [gate], quarantine: { ...quarantine, tasks: ['return'] } }, trials)
    expect(repeatGates).toMatchObject([{ verdict: 'met', met: 2, failing: [], undecided: [], isQuarantined: false }])
    expect(repeatGates[0]?.sentence).toMatch(/^without task "return" \(in quarantine\), each task/)
  })
})
