const minuteMs = 60_000

/**
 * A bucket that refills continuously, as the service's limits do.
 *
 * Counts in units of 1/60 000, of which each millisecond refills a whole number: nothing is lost to rounding, and a
 * caller who waits exactly as long as told finds room.
 */
export class TokenBucket {
  readonly capacity: number
  readonly #full: number
  #units: number
  #asOfMs = 0

  /** @param capacity the most it holds, and what comes in each minute */
  constructor(capacity: number) {
    this.capacity = capacity
    this.#full = capacity * minuteMs
    this.#units = this.#full
  }

  /** Takes an amount if it is there; false, and nothing taken, where it is not. */
  take(amount: number): boolean {
    if (amount * minuteMs > this.#units) return false
    this.#units -= amount * minuteMs
    return true
  }

  /** Takes an amount that is already spent, also where it is not there: what is owed is refilled first. */
  spend(amount: number): void {
    this.#units -= amount * minuteMs
  }

  /** Adds what has come in by this virtual time, up to the capacity. */
  refill(nowMs: number): void {
    this.#units = Math.min(this.#full, this.#units + (nowMs - this.#asOfMs) * this.capacity)
    this.#asOfMs = nowMs
  }

  /** Whole amount that is there. */
  get remaining(): number {
    return Math.max(0, Math.floor(this.#units / minuteMs))
  }

  /** Milliseconds until the bucket is full again. */
  get resetMs(): number {
    return (this.#full - this.#units) / this.capacity
  }

  /** Milliseconds until an amount is there; infinite where it never fits. */
  waitMs(amount: number): number {
    if (amount > this.capacity) return Number.POSITIVE_INFINITY
    return Math.max(0, (amount * minuteMs - this.#units) / this.capacity)
  }
}
