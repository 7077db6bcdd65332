import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectives } from '../../src/objectives/objectives.ts'
import { plainReading } from '../../src/objectives/population.ts'
import { resolutionOf } from '../../src/objectives/resolution.ts'
import { type MeasurePlan, resolutionSentences } from '../../src/results/resolution-sentences.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { confidenceSequence } from '../../src/statistics/confidence-sequence.ts'
import { declarationOf } from '../objectives/_counts.ts'

function said(changes: Partial<MeasurePlan>): string[] {
  return resolutionSentences({
    trials: 50,
    tasks: { refunds: 3, status: 1 },
    isInTurns: true,
    reading: plainReading,
    objectives: [],
    declarations: [],
    ...changes,
  })
}

const alike = { population: 'tasks like these', isSequential: false } as const
const sequential = { population: 'these tasks', isSequential: true } as const

describe('what so many trials cannot show', () => {
  it('is said of every level that is out of reach, with the trials that it takes', () => {
    const levels = [
      objectives.taskSuccess(0.99, { under: 'without faults' }),
      objectives.timeoutRate({ atMost: 0.02, under: 'tool failures' }),
      objectives.latency({ p99Ms: 30_000 }),
      objectives.violationDetection(1),
      objectives.toolCallsPerTask({ atMost: 3 }),
      objectives.taskSuccess(0.7),
    ]
    expect(said({ objectives: levels })).toEqual([
      'task success of at least 99 % without faults: 50 trials cannot show it, even if nothing goes wrong; it takes at least 368 trials',
      'timeout rate of at most 2 % under tool failures: 50 trials cannot show it, even if nothing goes wrong; it takes at least 183 trials',
      '99 % of tasks within 30,000 ms: 50 trials cannot show it, even if nothing goes wrong; it takes at least 368 trials',
      'violation detection of at least 100 %: no number of trials can show it; set a level that leaves room for a failure',
    ])
    expect(
      said({ objectives: levels.filter(({ measure }) => measure !== 'violation detection'), trials: 5_000 }),
    ).toEqual([])
  })

  it('is said of declared values, with the share of the trials that a kind of task has', () => {
    const declaration = declarationOf({
      minimumTrials: 60,
      values: [
        { metric: 'task_success', value: 0.9, stratum: 'status' },
        { metric: 'timeout_free', value: 0.95, faultClass: 'rate limits' },
      ],
    })
    expect(said({ declarations: [declaration, declaration] })).toEqual([
      'declaration 1.2.0 asks for at least 60 trials, and 50 trials under each condition are planned',
      'declared task_success of at least 90 % of "status": 13 trials cannot show it, even if nothing goes wrong; it takes at least 36 trials',
      'declared timeout_free of at least 95 % under rate limits: 50 trials cannot show it, even if nothing goes wrong; it takes at least 72 trials',
    ])
  })

  it('is said of tasks where the claim is about tasks like these, however many trials there are', () => {
    expect(said({ objectives: [objectives.taskSuccess(0.9)], reading: alike, trials: 100_000 })).toEqual([
      'task success of at least 90 %: 4 tasks cannot show it for tasks like these, even if nothing goes wrong; it takes at least 36 tasks',
    ])
  })

  it('is said of what they most likely do not show, with the chance and the trials that do', () => {
    expect(said({ objectives: [objectives.taskSuccess(0.92)] })).toEqual([
      'task success of at least 92 %: 50 trials show it with a chance of 12.99 % if the agent fails half as often as is allowed; 289 trials do with 80 %',
    ])
  })

  it('is never said of what they can show, and always of what they cannot', () => {
    const level = fc.double({ min: 0.05, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(level, fc.integer({ min: 1, max: 3_000 }), (target, trials) => {
        const [fixed] = clopperPearson(trials, trials)
        expect(resolutionOf(target, trials, plainReading).kind === 'too few').toBe(fixed < target)
        const [atAnyTime] = confidenceSequence(trials, trials)
        expect(resolutionOf(target, trials, sequential).kind === 'too few').toBe(atAnyTime < target)
      }),
    )
  })

  it('has the very chance that counting every outcome gives', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 0.98, noNaN: true }),
        fc.integer({ min: 20, max: 120 }),
        (target, trials) => {
          const chance = Array.from({ length: trials + 1 }, (_, solved) => solved)
            .filter((solved) => clopperPearson(solved, trials)[0] >= target)
            .reduce((sum, solved) => sum + Math.exp(binomialLogPmf(solved, trials, (1 + target) / 2)), 0)
          const resolution = resolutionOf(target, trials, plainReading)
          if (resolution.kind === 'unlikely') expect(resolution.chance).toBeCloseTo(chance, 9)
          expect(resolution.kind === 'likely').toBe(chance >= 0.5)
        },
      ),
    )
  })
})
