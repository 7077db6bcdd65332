import { parseInput } from '../contract/parse.ts'
import { type Objective, objectiveSchema } from './objective-schema.ts'

/** Where an objective holds: under the named condition of the measure alone. */
export interface Under {
  readonly under?: string
}

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
  /** 99 % of tasks settle within so many virtual milliseconds. */
  latency: ({ p99Ms, ...where }: { readonly p99Ms: number } & Under): Objective =>
    made({ measure: 'latency', p99Ms }, where),
}

function made(objective: Readonly<Record<string, unknown>>, { under }: Under): Objective {
  return parseInput(
    objectiveSchema,
    { ...objective, under: under ?? null },
    `objective "${String(objective['measure'])}"`,
    'give a share from 0 to 1, a number of calls or whole milliseconds',
  )
}
