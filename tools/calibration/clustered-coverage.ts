import type { RandomStream } from '../../src/simulation/random-stream.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { type Cluster, clusterOfCounts } from '../../src/statistics/cluster.ts'
import type { Interval } from '../../src/statistics/interval.ts'
import { type Claim, percent } from './claim.ts'

const repeats = 5
/** Shares of tasks that are always solved, and the rate of the others: repeats agree from not at all to nearly always. */
const mixtures = [
  { sure: 0, rate: 0.8 },
  { sure: 0.5, rate: 0.6 },
  { sure: 0.8, rate: 0.5 },
  { sure: 0.95, rate: 0.5 },
  { sure: 0.75, rate: 0.05 },
]
const sizes = [20, 50, 200]

/** An interval of a rate over tasks that are run several times covers it, where one that takes trials as single does not. */
export function clusteredCovers(
  interval: (clusters: readonly Cluster[]) => Interval,
  random: RandomStream,
  runs: number,
): Claim {
  const shares = sizes.flatMap((tasks) =>
    mixtures.map(({ sure, rate }) => {
      const truth = sure + (1 - sure) * rate
      const covered = { clustered: 0, single: 0 }
      for (let run = 0; run < runs; run++) {
        const clusters = Array.from({ length: tasks }, () => {
          const chance = random.uniform() < sure ? 1 : rate
          return clusterOfCounts(successesIn(repeats, chance, random), repeats)
        })
        const solved = clusters.reduce((sum, cluster) => sum + cluster.sum, 0)
        if (holds(interval(clusters), truth)) covered.clustered++
        if (holds(clopperPearson(solved, tasks * repeats), truth)) covered.single++
      }
      return { clustered: covered.clustered / runs, single: covered.single / runs }
    }),
  )
  const least = Math.min(...shares.map(({ clustered }) => clustered))
  const [, atMost] = clopperPearson(least * runs, runs, 1e-6)
  const leastSingle = Math.min(...shares.map(({ single }) => single))
  return {
    promise:
      'the clustered interval of a rate covers at least 94 % where repeats of a task agree: about 95 % is all that it promises',
    grid: `simulation; ${sizes.join(', ')} tasks with ${repeats} repeats, ${mixtures.length} mixtures, ${runs} runs each; refuted beyond chance of one in a million`,
    figures: `clustered at least ${percent(least)} (as if single ${percent(leastSingle)})`,
    isHeld: atMost >= 0.94,
  }
}

function successesIn(trials: number, chance: number, random: RandomStream): number {
  let successes = 0
  for (let trial = 0; trial < trials; trial++) if (random.uniform() < chance) successes++
  return successes
}

function holds([low, high]: Interval, value: number): boolean {
  return low <= value && value <= high
}
