import type { Task } from 'shakedown'

/** The draws of a trial, as `scenario` hands them to a workload. */
interface Draw {
  readonly tasks: readonly Task[]
  int(key: string, from: number, to: number): number
}

interface Arrival {
  readonly task: string
  readonly atMs: number
  readonly cancelAtMs?: number
}

/** Demand until well after the cooldown that follows the heal point, so that a breaker must close again. */
const lastWaveMs = 190_000
const mostCalls = 110
/** An undisturbed call takes 600 ms, so that most cancellations come while a call is under way. */
const mostPatientMs = 900

/**
 * A day of a breaker: waves of calls until long after the provider is well again.
 *
 * Calls of one wave overlap, so that some are admitted before a trip and end after it, and a probe meets others; about
 * one call in six is cancelled.
 */
export function breakerWorkload({ tasks, int }: Draw): { order: 'overlap'; arrivals: Arrival[] } {
  const everyMs = int('every', 2_000, 9_000)
  const arrivals: Arrival[] = []
  for (let waveMs = 0; waveMs <= lastWaveMs && arrivals.length < mostCalls; waveMs += everyMs) {
    const calls = int(`calls ${waveMs}`, 1, int('most calls', 1, 8))
    for (let call = 0; call < calls; call++) arrivals.push(arrival(`${waveMs} ${call}`, waveMs))
  }
  return { order: 'overlap', arrivals: arrivals.toSorted((one, other) => one.atMs - other.atMs) }

  function arrival(key: string, waveMs: number): Arrival {
    const atMs = waveMs + int(`at ${key}`, 0, 16) * 50
    const task = tasks[int(`task ${key}`, 0, tasks.length - 1)]?.id ?? ''
    if (int(`cancelled ${key}`, 1, 6) > 1) return { task, atMs }
    return { task, atMs, cancelAtMs: atMs + int(`patience ${key}`, 0, mostPatientMs) }
  }
}
