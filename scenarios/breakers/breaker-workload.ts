import type { Task } from 'shakedown'

/** The draws of a trial, as `scenario` hands them to a workload. */
interface Draw {
  readonly trial: number
  readonly tasks: readonly Task[]
  int(key: string, from: number, to: number): number
}

interface Arrival {
  readonly task: string
  readonly atMs: number
  readonly cancelAtMs?: number
}

/** Demand until well after the cooldown that follows the heal point, so that a breaker must close again. */
const untilMs = 200_000
/** An undisturbed call takes 600 ms, so that most cancellations come while a call is under way. */
const mostPatientMs = 1_500

/**
 * A day of a breaker: a burst, steady calls, and calls around the moments at which a cooldown of 30 s may end.
 *
 * Every fifth call or so is cancelled; bursts make calls that were admitted before a trip end after it.
 */
export function breakerWorkload({ tasks, int }: Draw): { order: 'overlap'; arrivals: Arrival[] } {
  const burst = Array.from({ length: int('burst', 0, 12) }, (_, index) => int(`burst ${index}`, 0, 400))
  const everyMs = int('every', 1_000, 9_000)
  const steady = Array.from({ length: int('steady', 4, 20) }, (_, index) => 1_000 + index * everyMs)
  const tripMs = int('trip', 600, 20_000)
  const around = Array.from(
    { length: int('around', 2, 8) },
    (_, index) => tripMs + 30_000 + int(`near ${index}`, -2, 40) * 25,
  )
  const late = Array.from({ length: 8 }, (_, index) => untilMs - 80_000 + index * 10_000)
  const times = [...burst, ...steady, ...around, ...late].toSorted((one, other) => one - other)
  return {
    order: 'overlap',
    arrivals: times.map((atMs, index) => ({
      task: tasks[int(`task ${index}`, 0, tasks.length - 1)]?.id ?? '',
      atMs,
      ...(int(`cancelled ${index}`, 1, 5) === 1
        ? { cancelAtMs: atMs + int(`patience ${index}`, 0, mostPatientMs) }
        : {}),
    })),
  }
}
