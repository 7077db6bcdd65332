/** What of a timer its lateness concerns. */
interface Delayed {
  dueMs: number
  order: number
  isLate: boolean
}

/** Beyond any virtual time, and beyond any number of timers: their product is still a whole number. */
const latestMs = 1e9
const mostTimers = 1e6

/** How late timers are, until a moment: each waits for the next whole multiple of a span of virtual time. */
export class Lateness {
  readonly #spanMs: number
  readonly #untilMs: number
  /** Called as a timer fires late. */
  readonly onLate: () => void

  constructor(spanMs: number, untilMs: number, onLate: () => void) {
    this.#spanMs = spanMs
    this.#untilMs = untilMs
    this.onLate = onLate
  }

  /** Puts off a timer that falls due before the moment. */
  delay(timer: Delayed): void {
    if (timer.dueMs >= this.#untilMs) return
    const dueMs = Math.ceil(timer.dueMs / this.#spanMs) * this.#spanMs
    if (dueMs === timer.dueMs) return
    // Before all that falls due at that moment, and among the late ones in the order in which they should have fired.
    if (!timer.isLate) timer.order += (timer.dueMs - latestMs) * mostTimers
    timer.isLate = true
    timer.dueMs = dueMs
  }
}
