import { errorBudget } from '../../src/objectives/budgets/error-budget.ts'
import { taskContrast } from '../../src/results/comparison/task-contrast.ts'
import { RandomStream } from '../../src/simulation/random-stream.ts'
import { boundedSequence } from '../../src/statistics/bounded-sequence.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { confidenceSequence } from '../../src/statistics/confidence-sequence.ts'
import { kornGraubard } from '../../src/statistics/korn-graubard.ts'
import { rejectsRate } from '../../src/statistics/rejects-rate.ts'
import { sequentialCourse } from '../../src/statistics/sequential-course.ts'
import { wilson } from '../../src/statistics/wilson.ts'
import { coversAtAllTimes, peekedGateStaysUnder } from './any-time.ts'
import { boundedCoversAtAllTimes } from './bounded-scores.ts'
import { budgetsAgree } from './budgets.ts'
import type { Claim } from './claim.ts'
import { clusteredCovers } from './clustered-coverage.ts'
import { comparedTasksAgree } from './compared-tasks.ts'
import { coversEverywhere, coversOnAverage } from './fixed-coverage.ts'
import { sequentialSizesAgree } from './sequential-sizes.ts'

/** How much of each claim is looked at. */
export interface Extent {
  readonly trials: readonly number[]
  readonly parts: number
  readonly rates: readonly number[]
  readonly horizon: number
  readonly runs: number
  readonly scores: number
  readonly limit: number
  readonly series: number
  readonly events: number
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

/** Minutes. */
export const full: Extent = {
  trials: [...upTo(100), 150, 200, 300, 500, 750, 1_000, 2_000],
  parts: 2_000,
  rates: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999],
  horizon: 5_000,
  runs: 20_000,
  scores: 1_000,
  limit: 3_000,
  series: 300,
  events: 300,
}

/** A second or two, for every day. */
export const short: Extent = {
  trials: [1, 2, 3, 5, 10, 20, 50, 100, 300],
  parts: 200,
  rates: [0.05, 0.5, 0.9, 0.99],
  horizon: 500,
  runs: 1_000,
  scores: 200,
  limit: 1_000,
  series: 20,
  events: 120,
}

/** Everything that the statistics promise, each looked at in so large a part. */
export function claims(extent: Extent, seed: string): Readonly<Record<string, () => Claim>> {
  const { trials, parts, rates, horizon, runs, scores, limit, series, events } = extent
  const random = (name: string): RandomStream => new RandomStream(`calibration/${seed}/${name}`)
  return {
    'guaranteed interval': () => coversEverywhere('Clopper–Pearson', clopperPearson, { trials, parts }),
    'interval for display': () => coversOnAverage('Wilson', wilson, { trials, parts }),
    'confidence sequence': () => coversAtAllTimes(confidenceSequence, { rates, horizon }),
    'peeked gate': () => peekedGateStaysUnder((s, n, rate) => rejectsRate(s, n, rate, 0.05), { rates, horizon }),
    'sequential test': () => sequentialSizesAgree(sequentialCourse, random('sequential'), { runs, limit }),
    budgets: () => budgetsAgree(errorBudget, random('budgets'), { series, events }),
    'clustered interval': () => clusteredCovers(kornGraubard, random('clustered'), Math.ceil(runs / 5)),
    'comparison over tasks': () =>
      comparedTasksAgree((tasks) => taskContrast(tasks, null), random('compared'), Math.ceil(runs / 5)),
    'sequence for scores': () =>
      boundedCoversAtAllTimes(boundedSequence, random('scores'), { runs: Math.ceil(runs / 5), horizon: scores }),
  }
}
