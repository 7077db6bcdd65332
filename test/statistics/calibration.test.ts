import { describe, expect, it } from 'vitest'
import { errorBudget } from '../../src/objectives/budgets/error-budget.ts'
import { unpairedContrast } from '../../src/results/comparison/decide-cell.ts'
import { RandomStream } from '../../src/simulation/random-stream.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { clusteredMean } from '../../src/statistics/clustered-mean.ts'
import { meanInterval } from '../../src/statistics/mean-interval.ts'
import { sequentialCourse } from '../../src/statistics/sequential-course.ts'
import { expectedTrials } from '../../src/statistics/sequential-test.ts'
import { wald } from '../../src/statistics/wald.ts'
import { wilson } from '../../src/statistics/wilson.ts'
import { coversAtAllTimes, peekedGateStaysUnder } from '../../tools/calibration/any-time.ts'
import { boundedCoversAtAllTimes } from '../../tools/calibration/bounded-scores.ts'
import { budgetsAgree } from '../../tools/calibration/budgets.ts'
import { claims, short } from '../../tools/calibration/claims.ts'
import { clusteredCovers } from '../../tools/calibration/clustered-coverage.ts'
import { comparedTasksAgree } from '../../tools/calibration/compared-tasks.ts'
import { coversEverywhere, coversOnAverage } from '../../tools/calibration/fixed-coverage.ts'
import { sequentialSizesAgree } from '../../tools/calibration/sequential-sizes.ts'

describe('what the statistics promise, in short', () => {
  it.each(Object.entries(claims(short, 'everyday')))('is kept by the %s', (_name, look) => {
    const { isHeld, figures } = look()
    expect(isHeld, figures).toBe(true)
  })
})

describe('the calibration finds it off', () => {
  const { trials, parts, rates, horizon } = short
  const random = new RandomStream('broken')

  it('when an interval for gates only covers on average, or one for display is the textbook’s', () => {
    expect(coversEverywhere('Wilson', wilson, { trials, parts }).isHeld).toBe(false)
    const slightlyNarrow = (s: number, n: number) => clopperPearson(s, n, 0.0501)
    expect(coversEverywhere('narrow', slightlyNarrow, { trials: [300], parts: 1_000 }).isHeld).toBe(false)
    expect(coversOnAverage('Wald', wald, { trials, parts }).isHeld).toBe(false)
    expect(coversOnAverage('Clopper–Pearson', clopperPearson, { trials, parts }).isHeld).toBe(false)
  })

  it('when an interval for one look is peeked at', () => {
    expect(coversAtAllTimes(clopperPearson, { rates, horizon }).isHeld).toBe(false)
    const rejectsByInterval = (successes: number, of: number, rate: number): boolean => {
      const [low, high] = clopperPearson(successes, of)
      return rate < low || rate > high
    }
    expect(peekedGateStaysUnder(rejectsByInterval, { rates, horizon }).isHeld).toBe(false)
  })

  it('when the sizes of a sequential test are those of Wald’s formula', () => {
    const byFormula: typeof sequentialCourse = (test, rate, limit) => ({
      ...sequentialCourse(test, rate, limit),
      meanTrials: expectedTrials(test)[rate === test.good ? 'atGood' : 'atBad'],
    })
    expect(sequentialSizesAgree(byFormula, random, { runs: 500, limit: 500 }).isHeld).toBe(false)
  })

  it('when a budget stops at nothing, or counts what is excluded', () => {
    const extent = { series: 3, events: 60 }
    const clamped: typeof errorBudget = (input) => {
      const found = errorBudget(input)
      return { ...found, remaining: found.remaining && Math.max(0, found.remaining) }
    }
    expect(budgetsAgree(clamped, random, extent).isHeld).toBe(false)
    const greedy: typeof errorBudget = (input) => errorBudget({ ...input, good: input.good + (input.excluded ?? 0) })
    expect(budgetsAgree(greedy, random, extent).isHeld).toBe(false)
  })

  it('when repeats of a task are taken for independent trials', () => {
    const asIfSingle: Parameters<typeof clusteredCovers>[0] = (clusters) => {
      const { mean, size } = clusteredMean(clusters)
      return clopperPearson(mean * size, size)
    }
    expect(clusteredCovers(asIfSingle, random, 200).isHeld).toBe(false)
  })

  it('when trials of the same tasks are compared as independent ones', () => {
    const asIfSingle: Parameters<typeof comparedTasksAgree>[0] = (tasks) => {
      const sum = (side: 'baseline' | 'current') => ({
        successes: tasks.reduce((all, task) => all + task[side].solved, 0),
        trials: tasks.reduce((all, task) => all + task[side].of, 0),
      })
      return unpairedContrast(sum('baseline'), sum('current'))
    }
    expect(comparedTasksAgree(asIfSingle, random, 200).isHeld).toBe(false)
  })

  it('when scores are peeked at with the interval of their mean', () => {
    const everyLook: Parameters<typeof boundedCoversAtAllTimes>[0] = (scores) => {
      let [low, high, sum, squares] = [0, 1, 0, 0]
      for (const [index, score] of scores.entries()) {
        sum += score
        squares += score * score
        const count = index + 1
        if (count < 30) continue
        const mean = sum / count
        const looked = meanInterval({ mean, variance: (squares / count - mean * mean) * (count / index) }, count)
        low = Math.max(low, looked[0])
        high = Math.min(high, looked[1])
      }
      return [low, high]
    }
    expect(boundedCoversAtAllTimes(everyLook, random, { runs: 200, horizon: 300 }).isHeld).toBe(false)
  })
})
