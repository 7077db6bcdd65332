import type { realClock } from '../../simulation/real-clock.ts'

/** Real time, as far as progress needs it. */
export type ProgressClock = Pick<typeof realClock, 'monotonicMs' | 'setInterval' | 'clearInterval'>

/** Calls back again and again, without keeping the program alive. */
export function every(clock: ProgressClock, intervalMs: number, callback: () => void): Disposable {
  const timer = clock.setInterval(callback, intervalMs)
  timer.unref()
  return { [Symbol.dispose]: () => clock.clearInterval(timer) }
}
