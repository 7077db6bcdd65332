import type { RandomStream } from '../../src/simulation/random-stream.ts'
import type { Interval } from '../../src/statistics/interval.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { type Claim, percent } from './claim.ts'

/** Ways to score, with their true means. */
const scorings: { readonly mean: number; readonly draw: (random: RandomStream) => number }[] = [
  { mean: 0.5, draw: (random) => random.uniform() },
  { mean: 0.75, draw: (random) => Math.max(random.uniform(), random.uniform(), random.uniform()) },
  { mean: 0.9, draw: (random) => (random.uniform() < 0.9 ? 1 : 0) },
  { mean: 0.02, draw: (random) => (random.uniform() < 0.04 ? 0.5 : 0) },
]

/** A sequence for scores holds the true mean after every score at once in at least 95 % of all runs. */
export function boundedCoversAtAllTimes(
  sequence: (scores: readonly number[]) => Interval,
  random: RandomStream,
  { runs, horizon }: { readonly runs: number; readonly horizon: number },
): Claim {
  const missed = scorings.map(({ mean, draw }) => {
    let count = 0
    for (let run = 0; run < runs; run++) {
      // The last interval is what all of them have in common.
      const [low, high] = sequence(Array.from({ length: horizon }, () => draw(random)))
      if (mean < low || mean > high) count++
    }
    return count
  })
  const most = Math.max(...missed)
  const [least] = clopperPearson(most, runs, 1e-6)
  return {
    promise: 'a sequence for scores from 0 to 1 covers the mean after every score at once with at least 95 %',
    grid: `simulation; ${scorings.length} ways to score, ${runs} runs each, after each of ${horizon} scores; refuted beyond chance of one in a million`,
    figures: `scores at least ${percent(1 - most / runs)} at all times`,
    isHeld: least <= 0.05,
  }
}
