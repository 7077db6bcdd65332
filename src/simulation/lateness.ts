/** What of a timer its lateness concerns. */
interface Delayed {
  dueMs: number
  isLate: boolean
}

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
    timer.isLate ||= dueMs > timer.dueMs
    timer.dueMs = dueMs
  }
}
