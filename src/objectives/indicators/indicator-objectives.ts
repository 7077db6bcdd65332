import { usageError } from '../../contract/errors.ts'
import { type Under, made } from '../make-objective.ts'
import type { Objective } from '../objective-schema.ts'

/** A percentile of latency with its limit in virtual milliseconds, by its name: `p50Ms`, `p99Ms`, `p99.9Ms`. */
export interface LatencyPercentile {
  readonly [percentile: `p${number}Ms`]: number
}

/** Objectives of the indicators that are drawn from the wire. */
export const indicatorObjectives = {
  /** At least this share of tasks is answered: threw, hung, stopped with an error or turned away are not. */
  availability: (atLeast: number, where: Under = {}): Objective => made({ measure: 'availability', atLeast }, where),
  /** At least this share of answers is right; tasks without an answer or a grader are excluded. */
  correctness: (atLeast: number, where: Under = {}): Objective => made({ measure: 'correctness', atLeast }, where),
  /** In at least this share of all trials, attacked or not, no policy, approval or secret property is violated. */
  safety: (atLeast: number, where: Under = {}): Objective => made({ measure: 'safety', atLeast }, where),
  /** In at most this share of all trials a policy, approval or secret property is violated. */
  errorRate: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'error rate', atMost }, where),
  /** At most this share of answers with checkable claims makes one that nothing in the task supports. */
  hallucination: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'hallucination', atMost }, where),
  /** All model calls of a task take at most so many tokens on average, input and output together. */
  tokensPerTask: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'tokens per task', atMost }, where),
  /** A task costs at most so much on average, in the currency of the measure's `prices`. */
  costPerTask: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'cost per task', atMost }, where),
  /** A task is passed on to at most so many agents, one behind the other, on average. */
  delegationDepth: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'delegation depth', atMost }, where),
  /**
   * The share of conversations solved at the last turn is at most so much below the share solved at the first.
   *
   * A conversation is the tasks of one user in one trial; `turns` is the fewest that count, 2 or more, default 5.
   */
  drift: ({ atMost, turns = 5, ...where }: { readonly atMost: number; readonly turns?: number } & Under): Objective =>
    made({ measure: 'drift', atMost, turns }, where),
}

/** @throws {ShakedownError} of kind `usage` for no percentile, several, or one that is not between 0 and 100 */
export function latency(percentile: LatencyPercentile, where: Under): Objective {
  const [entry, ...others] = Object.entries<number>({ ...percentile })
  const percent = Number(/^p(\d+(?:\.\d+)?)Ms$/.exec(entry?.[0] ?? '')?.[1])
  if (entry === undefined || others.length > 0 || !(percent > 0 && percent < 100)) {
    throw usageError(
      'LATENCY',
      `objective "latency": ${JSON.stringify(percentile)} is not one percentile; give one such as { p99Ms: 30_000 }, and another objective for another.`,
    )
  }
  const [, withinMs] = entry
  if (percent === 99) return made({ measure: 'latency', p99Ms: withinMs }, where)
  return made({ measure: 'latency percentile', percent, withinMs }, where)
}
