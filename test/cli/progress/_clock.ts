import type { ProgressClock } from '../../../src/cli/progress/progress-clock.ts'

/** Real time that stands still until a test moves it. */
export interface HandClock extends ProgressClock {
  /** Moves time on, and calls back whatever is due. */
  pass(ms: number): void
  /** Intervals that nobody has cleared. */
  readonly running: () => number
}

interface Interval {
  readonly everyMs: number
  readonly callback: () => void
  dueMs: number
}

export function handClock(): HandClock {
  let nowMs = 0
  const intervals = new Map<NodeJS.Timeout, Interval>()
  const setInterval = (callback: () => void, everyMs: number): NodeJS.Timeout => {
    const timer = { unref: () => timer } as unknown as NodeJS.Timeout
    intervals.set(timer, { everyMs, callback, dueMs: nowMs + everyMs })
    return timer
  }
  return {
    monotonicMs: () => nowMs,
    setInterval: setInterval as ProgressClock['setInterval'],
    clearInterval: (timer) => void intervals.delete(timer as NodeJS.Timeout),
    running: () => intervals.size,
    pass(ms) {
      const endMs = nowMs + ms
      for (;;) {
        const [next] = [...intervals.values()].toSorted((a, b) => a.dueMs - b.dueMs)
        if (next === undefined || next.dueMs > endMs) break
        nowMs = next.dueMs
        next.dueMs += next.everyMs
        next.callback()
      }
      nowMs = endMs
    },
  }
}
