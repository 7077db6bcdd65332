import { describe, expect, it } from 'vitest'
import type { BurntGate, Outcome } from '../../../src/results/burn-in/burnt-gate.ts'
import { burnInTitle, gateBurnInSentences } from '../../../src/results/burn-in/burn-in-words.ts'
import { firmTrials } from '../../../src/results/burn-in/firm-trials.ts'
import { steadied } from '../../../src/results/burn-in/steadiness.ts'
import { type ScenarioBurnIn, summariseBurnIn } from '../../../src/results/burn-in/summarise-burn-in.ts'
import { clopperPearson } from '../../../src/statistics/clopper-pearson.ts'
import { verdictChances } from '../../../src/statistics/verdict-chances.ts'

function runs(passed: number, failed: number, undecided: number): Outcome[] {
  const of = (count: number, outcome: Outcome): Outcome[] => Array.from({ length: count }, () => outcome)
  return [...of(passed, 'passed'), ...of(failed, 'failed'), ...of(undecided, 'undecided')]
}

describe('how steady a gate is', () => {
  it.each([
    ['firm', runs(20, 0, 0)],
    ['firm', runs(0, 20, 0)],
    ['never decided', runs(0, 0, 20)],
    ['coin toss', runs(19, 1, 0)],
    ['coin toss', runs(10, 0, 10)],
    // Shown to be below 5.06 % of 108, and below 4.97 % of 110.
    ['coin toss', runs(107, 1, 0)],
    ['nearly firm', runs(109, 1, 0)],
    ['nearly firm', runs(1, 500, 1)],
  ] as const)('is %s', (steadiness, seen) => {
    expect(steadied(seen).steadiness).toBe(steadiness)
  })

  it('bounds what was never seen by the exact interval: of 20 runs without a failure, 16.84 %', () => {
    const { failureRate, otherwise } = steadied(runs(20, 0, 0))
    expect(failureRate).toEqual(otherwise)
    expect(failureRate[0]).toBe(0)
    expect(failureRate[1]).toBeCloseTo(1 - 0.025 ** (1 / 20), 5)
    expect(steadied(runs(12, 5, 3)).failureRate[1]).toBeCloseTo(clopperPearson(5, 20)[1], 5)
    expect(steadied(runs(12, 5, 3)).otherwise[1]).toBeCloseTo(clopperPearson(8, 20)[1], 5)
  })
})

describe('how many trials make a gate firm', () => {
  const rule = { kind: 'interval', level: 0.9, missAlpha: 0.025 } as const
  const pooled = (good: number, of: number) => ({
    rule,
    shares: [{ task: null, good, of, observations: of }],
    runs: 20,
    trials: of / 20,
  })

  it.each([
    [1_880, 2_000],
    [1_720, 2_000],
  ])('is a number with which a rate of %d of %d is told from its level in 99 of 100 runs', (good, of) => {
    const firming = firmTrials(pooled(good, of))
    if (firming.kind !== 'trials') throw new Error(`it was ${firming.kind}`)
    const { trials } = firming
    const rate = good / of
    const right =
      rate > 0.9 ? verdictChances(trials, rate, 0.9).reached : verdictChances(trials, rate, 0.9, 0.025).missed
    expect(right).toBeGreaterThan(0.985)
    expect(
      verdictChances(Math.round(trials * 0.8), rate, 0.9, rate > 0.9 ? 0.05 : 0.025)[rate > 0.9 ? 'reached' : 'missed'],
    ).toBeLessThan(0.99)
  })

  it('is unknown where all runs together do not tell the rate from the level', () => {
    expect(firmTrials(pooled(1_795, 2_000))).toEqual({ kind: 'on its level' })
    expect(firmTrials(pooled(179_900_000, 200_000_000))).toEqual({ kind: 'too many' })
    expect(firmTrials({ ...pooled(1_880, 2_000), rule: { kind: 'count', needed: 9, of: 10 } })).toEqual({
      kind: 'count',
    })
  })

  it('is no more than there are where the rate is far off, whatever bad luck was had', () => {
    expect(firmTrials(pooled(1_960, 2_000)).kind).toBe('trials')
    expect(firmTrials(pooled(19_600, 20_000))).toEqual({ kind: 'enough' })
  })

  it('is that of the slowest task, which has a part of the trials only', () => {
    const shares = [
      { task: 'a', good: 1_990, of: 2_000, observations: 2_000 },
      { task: 'b', good: 1_880, of: 2_000, observations: 2_000 },
    ]
    const both = firmTrials({ rule, shares, runs: 20, trials: 200 })
    const one = firmTrials(pooled(1_880, 2_000))
    if (both.kind !== 'trials' || one.kind !== 'trials') throw new Error('both have a number')
    expect(both.trials).toBeGreaterThan(2 * one.trials)
  })
})

describe('a burn-in', () => {
  const rule = { kind: 'count', needed: 8, of: 10 } as const
  const gate = (outcome: Outcome, solved: readonly number[]): BurntGate => ({
    gate: 'each task',
    outcome,
    rule,
    shares: solved.map((good, task) => ({ task: `task ${task}`, good, of: 10, observations: 10 })),
  })
  const summarised = (gates: readonly BurntGate[]): ScenarioBurnIn =>
    summariseBurnIn(
      { scenario: 'desk', file: 'desk.scenario.ts', trials: 20 },
      gates.map((each, seed) => ({ seed, outcome: each.outcome, gates: [each] })),
    )

  it('adds up the shares of each task, and works the outcome out from them', () => {
    const { gates, seeds } = summarised([gate('passed', [10, 8]), gate('failed', [10, 6])])
    expect(seeds).toEqual([0, 1])
    expect(gates).toMatchObject([
      {
        counts: { passed: 1, failed: 1, undecided: 0 },
        shares: [
          { task: 'task 0', good: 20, of: 20 },
          { task: 'task 1', good: 14, of: 20 },
        ],
        // At least 8 of 10 at 70 %.
        workedOut: { passed: 0.382783, undecided: 0 },
        firming: { kind: 'count' },
      },
    ])
  })

  it('says so in words', () => {
    const burnIn = summarised([gate('passed', [10, 8]), gate('failed', [10, 6])])
    expect(burnInTitle(burnIn, 5)).toBe(
      'Burn-in of "desk": 2 runs of 20 trials under each condition, seeds drawn from 5',
    )
    expect(burnIn.gates.flatMap(gateBurnInSentences)).toEqual([
      'passed in 1, failed in 1 of 2 runs of the same agent, so luck decides: 1.25 to 98.75 % of runs come out otherwise than most, and 1.25 to 98.75 % fail, at 95 %',
      'worked out from the rates of all tasks, the lowest "task 1" with 70.00 % over all runs (14 of 20): passes with 38.28 %, fails with 61.72 %, stays undecided with 0.00 %',
      'a count of few repeats stays one, however many trials are made: count more repeats, or leave out `of` to judge by an interval',
    ])
  })

  it('works nothing out where a run has no rule or nothing was counted', () => {
    expect(summarised([gate('passed', [10]), { ...gate('passed', [10]), rule: null }]).gates[0]?.workedOut).toBeNull()
    expect(summarised([gate('passed', []), gate('passed', [])]).gates[0]?.workedOut).toBeNull()
  })
})
