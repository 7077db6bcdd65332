import { z } from 'zod'
import { usageError } from '../contract/errors.ts'
import { parseInput } from '../contract/parse.ts'
import type { Task } from '../contract/task.ts'
import { type Workload, type WorkloadInput, workloadSchema } from '../contract/workload.ts'
import { keyedUniform } from '../simulation/keyed-hash.ts'

/** What a function that draws workloads is given: the trial, and draws that depend on seed, trial and key alone. */
export interface WorkloadDraw {
  /** Index of the trial. */
  readonly trial: number
  readonly tasks: readonly Task[]
  /** A whole number from `from` to `to`, both included; the same key gives the same number. */
  int(key: string, from: number, to: number): number
}

/** The tasks of a trial: fixed, several of which trial i takes the (i modulo their number)th, or drawn by a function. */
export type WorkloadSource = WorkloadInput | readonly WorkloadInput[] | ((draw: WorkloadDraw) => WorkloadInput)

/** The field as the author sees it, so that the error names it. */
const fieldSchema = z.strictObject({ workload: workloadSchema })
const remedy = 'compare the field with the example in the README'

/**
 * Makes one function of whatever the author wrote.
 *
 * @throws {ShakedownError} of kind `usage` for a workload that is none or names an unknown task; what a function draws
 * is checked when it is drawn
 */
export function workloadOf(
  place: string,
  tasks: readonly Task[],
  source: WorkloadSource,
): (draw: WorkloadDraw) => Workload {
  if (typeof source === 'function') return (draw) => checked(place, tasks, source(draw))
  const fixed = (isList(source) ? source : [source]).map((one) => checked(place, tasks, one))
  const [first] = fixed
  if (first === undefined) throw usageError('NO_WORKLOAD', `${place}: the list of workloads is empty; ${remedy}.`)
  return ({ trial }) => fixed[trial % fixed.length] ?? first
}

/** The draws of one trial. */
export function workloadDraw(tasks: readonly Task[], trialSeed: string, trial: number): WorkloadDraw {
  return {
    trial,
    tasks,
    int: (key, from, to) => from + Math.floor(keyedUniform(trialSeed, 'workload', key) * (to - from + 1)),
  }
}

function isList(source: WorkloadInput | readonly WorkloadInput[]): source is readonly WorkloadInput[] {
  return Array.isArray(source)
}

function checked(place: string, tasks: readonly Task[], input: WorkloadInput): Workload {
  const { workload } = parseInput(fieldSchema, { workload: input }, place, remedy)
  const unknown = workload.arrivals.find(({ task }) => !tasks.some(({ id }) => id === task))
  if (unknown === undefined) return workload
  throw usageError(
    'UNKNOWN_TASK',
    `${place}: the workload names task "${unknown.task}", which is not among its tasks; name one of ${tasks.map(({ id }) => `"${id}"`).join(', ')}.`,
  )
}
