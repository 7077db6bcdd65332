import type { RandomStream } from '../../src/simulation/random-stream.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import type { SequentialCourse } from '../../src/statistics/sequential-course.ts'
import {
  type SequentialTest,
  expectedTrials,
  sequentialDecision,
  sequentialTest,
} from '../../src/statistics/sequential-test.ts'
import type { Claim } from './claim.ts'

type Course = (test: SequentialTest, rate: number, limit: number) => SequentialCourse

const test = sequentialTest({ good: 0.95, bad: 0.9, alpha: 0.05, beta: 0.05 })
const rates = [0.95, 0.925, 0.9]

/** Mean trials and errors of a sequential test agree with a recursion backwards from the limit, and with simulation. */
export function sequentialSizesAgree(
  course: Course,
  random: RandomStream,
  { runs, limit }: { readonly runs: number; readonly limit: number },
): Claim {
  const found = rates.map((rate) => {
    const exact = course(test, rate, limit)
    const backwards = byLookingAhead(rate, limit)
    const seen = bySimulation(rate, limit, runs, random)
    const isNear = Math.abs(exact.meanTrials - seen.mean) <= 5 * seen.standardError
    const [low, high] = clopperPearson(seen.rejected, runs, 1e-6)
    return {
      exact,
      gap: Math.max(Math.abs(exact.meanTrials - backwards.trials), Math.abs(exact.rejected - backwards.rejected)),
      seen,
      agrees: isNear && low <= exact.rejected && exact.rejected <= high,
    }
  })
  const gap = Math.max(...found.map((each) => each.gap))
  const sizes = found.map(({ exact, seen }) => `${exact.meanTrials.toFixed(2)}/${seen.mean.toFixed(1)}`)
  const wald = expectedTrials(test)
  return {
    promise: 'the sizes of a sequential test agree with a recursion backwards and with simulation',
    grid: `good 0.95, bad 0.9, errors 5 %, at ${rates.join(', ')}, limit ${limit}, ${runs} simulated runs each`,
    figures: `sequential trials exact/simulated ${sizes.join(', ')} (Wald ${wald.atGood.toFixed(1)}, -, ${wald.atBad.toFixed(1)}; recursions differ by ${gap.toExponential(0)})`,
    isHeld: gap <= 1e-8 && found.every(({ agrees }) => agrees),
  }
}

/** What is still to come at each count, from the limit back to the first trial: the course goes the other way. */
function byLookingAhead(rate: number, limit: number): { trials: number; rejected: number } {
  let ahead = Array.from({ length: limit + 1 }, (_, successes) => at(successes, limit, { trials: 0, rejected: 0 }))
  for (let trials = limit - 1; trials >= 0; trials--) {
    ahead = Array.from({ length: trials + 1 }, (_, successes) => {
      const [failure, success] = [ahead[successes], ahead[successes + 1]]
      if (failure === undefined || success === undefined) throw new Error('There is no count beyond the limit.')
      return at(successes, trials, {
        trials: 1 + rate * success.trials + (1 - rate) * failure.trials,
        rejected: rate * success.rejected + (1 - rate) * failure.rejected,
      })
    })
  }
  const [start] = ahead
  if (start === undefined) throw new Error('There is no trial to begin with.')
  return start
}

function at<Ahead extends { trials: number; rejected: number }>(
  successes: number,
  trials: number,
  ahead: Ahead,
): Ahead {
  const decision = sequentialDecision(test, successes, trials)
  return decision === 'continue' ? ahead : { ...ahead, trials: 0, rejected: decision === 'reject' ? 1 : 0 }
}

function bySimulation(
  rate: number,
  limit: number,
  runs: number,
  random: RandomStream,
): { mean: number; standardError: number; rejected: number } {
  let [sum, squares, rejected] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    let [successes, trials] = [0, 0]
    let decision = sequentialDecision(test, successes, trials)
    while (decision === 'continue' && trials < limit) {
      if (random.uniform() < rate) successes++
      trials++
      decision = sequentialDecision(test, successes, trials)
    }
    sum += trials
    squares += trials * trials
    if (decision === 'reject') rejected++
  }
  const mean = sum / runs
  return { mean, standardError: Math.sqrt((squares / runs - mean * mean) / (runs - 1)), rejected }
}
