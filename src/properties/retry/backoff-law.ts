import type { Backoff } from '../../contract/profile.ts'

/** Timers count whole milliseconds; an agent may round its wait either way. */
export const roundingMs = 1

const lowestShare: { readonly [Jitter in Backoff['jitter']]: number } = { none: 1, full: 0, equal: 0.5, sdk: 0.75 }

/** The waits that a declared backoff allows, both ends included, in milliseconds. */
export interface WaitRange {
  readonly lowestMs: number
  readonly highestMs: number
}

/** The waits that a backoff allows after the kth attempt, before any rounding; finite for every k. */
export function waitsAfter({ baseMs, factor, capMs, jitter }: Backoff, attempt: number): WaitRange {
  const highestMs = Math.min(capMs, baseMs * factor ** (attempt - 1))
  return { lowestMs: highestMs * lowestShare[jitter], highestMs }
}
