import { onTestFinished, vi } from 'vitest'

/** A limit that no test reaches by being slow. */
export const longLimitMs = 60_000

/** For this test, timers go with the clock until {@link letLimitsPass}; on a busy machine a short limit would pass. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
}

/** Lets the time of every limit pass that runs now, where the timers are held. */
export function letLimitsPass(): void {
  if (vi.isFakeTimers()) vi.advanceTimersByTime(longLimitMs)
}
