import type { HrTime } from '@opentelemetry/api'

/**
 * When something began, and how long it has been going on.
 *
 * Durations are by a clock that never goes back, and times are the beginning plus a duration: a system clock that is
 * set while something runs makes no span end before it began.
 */
export class Stopwatch {
  readonly #beganEpochMs = Date.now()
  readonly #beganMs = performance.now()

  get beganAt(): HrTime {
    return hrTime(this.#beganEpochMs)
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganMs
  }

  get now(): HrTime {
    return hrTime(this.#beganEpochMs + this.elapsedMs)
  }
}

/** Seconds and nanoseconds, which cannot be mistaken for a time since the process began. */
function hrTime(epochMs: number): HrTime {
  const seconds = Math.floor(epochMs / 1_000)
  return [seconds, Math.min(999_999_999, Math.round((epochMs - seconds * 1_000) * 1_000_000))]
}
