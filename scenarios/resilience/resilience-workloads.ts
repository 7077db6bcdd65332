import type { WorkloadDraw, WorkloadInput } from 'shakedown'
import { reservationTasks, ruleTasks, shelfTasks, slowTask } from './resilience-tasks.ts'

/** When injection stops; late arrivals come after it, so that recovery is judged within the trial. */
export const healAtMs = 120_000

type Arrivals = WorkloadInput['arrivals']
type Draw = Pick<WorkloadDraw, 'int'>

const repeatable = [...ruleTasks, ...shelfTasks].map(({ id }) => id)

/** Questions in turn, each reader asking again what was answered before. */
function questions(count: number, atMs: (index: number) => number): Arrivals {
  return Array.from({ length: count }, (_, index) => ({
    task: repeatable[index % repeatable.length] ?? '',
    atMs: atMs(index),
  }))
}

/** Each reservation once, spread over the time of trouble. */
function reservations(draw: Draw): Arrivals {
  return reservationTasks.map(({ id }) => ({ task: id, atMs: draw.int(id, 0, 60_000) }))
}

/** Enough demand after the heal point for whatever has to recover, and no more than it can take. */
function afterwards(count = 8, everyMs = 20_000): Arrivals {
  return questions(count, (index) => healAtMs + 5_000 + index * everyMs)
}

/** Ten messages in a row, two seconds apart or as the one before ends, with the reservations among them. */
export function tenInARow(draw: Draw): WorkloadInput {
  const early = [...questions(10, (index) => index * 2_000), ...reservations(draw)]
  return { order: 'sequence', arrivals: [...inOrder(early), ...afterwards()] }
}

/** Fifty at once, and a second wave that finds the first one done, unless something is slow. */
export function burstOfFifty(draw: Draw): WorkloadInput {
  const secondAt = draw.int('second wave', 20_000, 30_000)
  const early = [...questions(50, () => 0), ...questions(12, () => secondAt)]
  return { order: 'overlap', arrivals: [...early, ...afterwards()] }
}

/** A steady stream of overlapping questions: some are let through before a trip and end after it. */
export function steadyStream(draw: Draw): WorkloadInput {
  const everyMs = draw.int('every', 400, 1_000)
  const early = [...questions(60, (index) => index * everyMs), ...reservations(draw)]
  return { order: 'overlap', arrivals: [...early, ...afterwards()] }
}

/**
 * Slow ones first: they are let through before anything can trip, and end long after it.
 *
 * The demand that follows fails where there is trouble, and goes on through the cooldown, so that the slow ones end
 * while a probe is out.
 */
export function slowOnesFirst(draw: Draw): WorkloadInput {
  const apartMs = draw.int('apart', 300, 900)
  const slow = Array.from({ length: 4 }, (_, index) => ({ task: slowTask.id, atMs: index * apartMs }))
  const startMs = draw.int('start', 500, 4_000)
  const trouble = questions(14, (index) => startMs + index * 350)
  const later = questions(32, (index) => 10_000 + index * 500)
  return { order: 'overlap', arrivals: [...slow, ...trouble, ...later, ...afterwards()] }
}

/** Readers who change their minds: every other question is withdrawn, mostly while it is being answered. */
export function withCancellations(draw: Draw): WorkloadInput {
  const everyMs = draw.int('every', 250, 700)
  const early = questions(60, (index) => index * everyMs).map((arrival, index) => {
    const atMs = arrival.atMs ?? 0
    if (index % 2 === 0) return arrival
    return { ...arrival, cancelAtMs: atMs + draw.int(`cancel ${index}`, 0, index % 8 === 1 ? 20_000 : 3_000) }
  })
  return { order: 'overlap', arrivals: [...early, ...reservations(draw), ...afterwards()] }
}

/**
 * Demand around the moments at which a cooldown can end.
 *
 * A salvo opens the breaker, if anything does; then a question comes every few milliseconds about each multiple of
 * half the cooldown, two of them at one time, so that probes meet company.
 */
export function aroundTheCooldown(draw: Draw): WorkloadInput {
  const salvo = questions(6, () => 0)
  const offset = draw.int('offset', 500, 5_500)
  const about = Array.from({ length: 8 }, (_, index) => offset + index * 5_000)
  const pairs = about.flatMap((atMs) =>
    questions(4, (index) => atMs + Math.floor(index / 2) * draw.int('apart', 0, 40)),
  )
  return { order: 'overlap', arrivals: [...salvo, ...pairs, ...afterwards()] }
}

const kinds = [tenInARow, steadyStream, withCancellations, slowOnesFirst, aroundTheCooldown, burstOfFifty]

/** The workload of a trial: the kinds take turns, and their times are drawn. */
export function resilienceWorkload(draw: WorkloadDraw): WorkloadInput {
  const kind = kinds[draw.trial % kinds.length] ?? tenInARow
  return kind(draw)
}

function inOrder(arrivals: Arrivals): Arrivals {
  return arrivals.toSorted((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0))
}
