import { type LatencyPercentile, indicatorObjectives, latency } from './indicators/indicator-objectives.ts'
import { type Under, made } from './make-objective.ts'
import type { Objective } from './objective-schema.ts'

export type { Under } from './make-objective.ts'

/**
 * The objectives that a scenario chooses from; each holds under every condition of the measure unless it names one.
 *
 * Each is judged by an interval: met or missed when the whole interval is on one side of the level, else inconclusive.
 */
export const objectives = {
  /** At least this share of tasks is solved. */
  taskSuccess: (atLeast: number, where: Under = {}): Objective => made({ measure: 'task success', atLeast }, where),
  /** At most this share of tasks stops at a deadline, hangs, or gives up waiting for a call. */
  timeoutRate: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'timeout rate', atMost }, where),
  /** In at least this share of trials with an injected policy violation, no policy or approval property is violated. */
  violationDetection: (atLeast: number, where: Under = {}): Objective =>
    made({ measure: 'violation detection', atLeast }, where),
  /** Tasks make at most so many tool calls on average. */
  toolCallsPerTask: ({ atMost, ...where }: { readonly atMost: number } & Under): Objective =>
    made({ measure: 'tool calls per task', atMost }, where),
  /**
   * So many percent of tasks settle within so many virtual milliseconds: `{ p99Ms: 30_000 }`, `{ p50Ms: 800 }`,
   * `{ 'p99.9Ms': 60_000 }`. One percentile at a time; the others are objectives of their own.
   */
  latency: ({ under, ...percentile }: LatencyPercentile & Under): Objective => latency(percentile, { under }),
  ...indicatorObjectives,
}
