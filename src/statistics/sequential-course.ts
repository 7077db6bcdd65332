import { requireRate } from './require-share.ts'
import { requireWhole } from './require-whole.ts'
import { type SequentialTest, sequentialDecision } from './sequential-test.ts'

/** How runs of a sequential test end, at one true rate. */
export interface SequentialCourse {
  /** Chance of ending after so many trials by acceptance; at the place of the number of trials. */
  readonly acceptedAfter: readonly number[]
  /** The same by rejection. */
  readonly rejectedAfter: readonly number[]
  /** Chance of acceptance within the limit. */
  readonly accepted: number
  readonly rejected: number
  /** Chance of reaching the limit without an answer. */
  readonly undecided: number
  /** Mean number of trials, those without an answer counted with the limit. */
  readonly meanTrials: number
}

/**
 * The exact course of a sequential test at a true rate: its errors and sizes, overshoot included.
 *
 * To be used before a run, for what a limit costs, where Wald's formula only comes near. By recursion over the number of
 * successes, whose chances are carried from trial to trial as long as the test continues; the time grows with the square
 * of the limit at worst.
 *
 * @param rate the true rate, 0 to 1
 * @param limit trials after which a run ends in any case, whole
 */
export function sequentialCourse(test: SequentialTest, rate: number, limit: number): SequentialCourse {
  requireRate('The rate', rate)
  requireWhole('The limit', limit, 1)
  const [acceptedAfter, rejectedAfter] = [[0], [0]]
  let open = new Map([[0, 1]])
  let meanTrials = 0
  for (let trials = 1; trials <= limit && open.size > 0; trials++) {
    const ended = { accept: 0, reject: 0 }
    const next = new Map<number, number>()
    for (const [successes, chance] of oneMore(open, rate)) {
      const decision = sequentialDecision(test, successes, trials)
      if (decision === 'continue') next.set(successes, chance)
      else ended[decision] += chance
    }
    acceptedAfter.push(ended.accept)
    rejectedAfter.push(ended.reject)
    meanTrials += trials * (ended.accept + ended.reject)
    open = next
  }
  const undecided = sum([...open.values()])
  return {
    acceptedAfter,
    rejectedAfter,
    accepted: sum(acceptedAfter),
    rejected: sum(rejectedAfter),
    undecided,
    meanTrials: meanTrials + limit * undecided,
  }
}

/** The chances of each number of successes after one more trial. */
function oneMore(open: ReadonlyMap<number, number>, rate: number): Map<number, number> {
  const next = new Map<number, number>()
  const add = (successes: number, chance: number): void => {
    if (chance > 0) next.set(successes, (next.get(successes) ?? 0) + chance)
  }
  for (const [successes, chance] of open) {
    add(successes, chance * (1 - rate))
    add(successes + 1, chance * rate)
  }
  return next
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
