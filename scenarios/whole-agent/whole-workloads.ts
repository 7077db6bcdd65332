import type { WorkloadDraw, WorkloadInput } from 'shakedown'
import { wholeNumbers } from './whole-numbers.ts'
import { changes, questionCopies } from './whole-tasks.ts'

/** When injection stops; late arrivals come after it, so that recovery is judged within the trial. */
export const healAtMs = 120_000

type Draw = Pick<WorkloadDraw, 'int' | 'trial'>
type Arrivals = WorkloadInput['arrivals']

/** The tasks that come while there may be trouble, and those that come once there is none. */
const [early, late] = [questionCopies.slice(0, 10), questionCopies.slice(10, 18)]

/** One customer after the other, with something to change first. */
function inTurn(draw: Draw): WorkloadInput {
  const few = [...changesOf(draw, 2), ...early.slice(0, 4).map(({ id }) => id)]
  return { order: 'sequence', arrivals: [...few.map((task) => ({ task, atMs: 0 })), ...afterwards()] }
}

/** So many at once that the bulkhead is full, and what fails, fails for many; the rest finds it full where there is trouble. */
function allAtOnce(draw: Draw): WorkloadInput {
  const { maxConcurrent, maxQueued } = wholeNumbers.bulkhead
  const tasks = [...changesOf(draw, 1), ...early.map(({ id }) => id)]
  const arrivals = tasks.map((task, index) => ({ task, atMs: index < maxConcurrent + maxQueued ? index * 50 : 15_000 }))
  return { order: 'overlap', arrivals: [...arrivals, ...afterwards()] }
}

/** A steady stream, of which some hang up while they are served. */
function steadily(draw: Draw): WorkloadInput {
  const everyMs = draw.int('every', 500, 6_000)
  const tasks = [...changesOf(draw, 2), ...early.map(({ id }) => id)]
  const arrivals = tasks.map((task, index) => {
    const atMs = index * everyMs
    return index % 4 === 3 ? { task, atMs, cancelAtMs: atMs + draw.int(`hangs up ${index}`, 0, 5_000) } : { task, atMs }
  })
  return { order: 'overlap', arrivals: [...arrivals, ...afterwards()] }
}

/** Changes that take turns over the trials. */
function changesOf({ trial }: Draw, count: number): string[] {
  return Array.from({ length: count }, (_, index) => changes[(trial * count + index) % changes.length]?.id ?? '')
}

function afterwards(): Arrivals {
  return late.map(({ id }, index) => ({ task: id, atMs: healAtMs + 5_000 + index * 20_000 }))
}

const kinds = [inTurn, allAtOnce, steadily]

/** The workload of a trial: the kinds take turns, and their times are drawn. */
export function wholeWorkload(draw: WorkloadDraw): WorkloadInput {
  const kind = kinds[draw.trial % kinds.length] ?? inTurn
  return kind({ int: draw.int, trial: Math.floor(draw.trial / kinds.length) })
}
