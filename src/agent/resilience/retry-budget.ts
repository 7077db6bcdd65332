import type { RetryBudgetSettings } from './resilience-options.ts'

/** A store of retries: each takes one, each success puts some back. It starts full. */
export class RetryBudget {
  readonly #settings: RetryBudgetSettings
  #left: number

  constructor(settings: RetryBudgetSettings) {
    this.#settings = settings
    this.#left = settings.capacity
  }

  get allowsRetry(): boolean {
    return this.#left >= 1
  }

  /** Takes one, at the moment a retry is sent; false where none is left. */
  take(): boolean {
    if (!this.allowsRetry) return false
    this.#left -= 1
    return true
  }

  /** A call has succeeded. */
  refill(): void {
    this.#left = Math.min(this.#settings.capacity, this.#left + this.#settings.perSuccess)
  }
}
