import type { RateRule } from './resilience-options.ts'

/** One countable call, as a rate sees it. */
interface Sample {
  readonly atMs: number
  readonly isBad: boolean
}

/**
 * The share of bad calls among the last so many, or among those of the last so many milliseconds.
 *
 * Judged after each call, good ones included: a window can reach its minimum with a good call. A call leaves a window
 * of time the moment it is as old as the window is long.
 */
export class CallWindow {
  readonly #rule: RateRule
  readonly #samples: Sample[] = []
  #bad = 0

  constructor(rule: RateRule) {
    this.#rule = rule
  }

  /** Takes the next call; true where the share is now above the threshold. */
  add(isBad: boolean, atMs: number): boolean {
    const { threshold, minimumCalls } = this.#rule
    this.#samples.push({ atMs, isBad })
    if (isBad) this.#bad += 1
    while (this.#isOver(atMs)) if (this.#samples.shift()?.isBad) this.#bad -= 1
    const calls = this.#samples.length
    return calls >= minimumCalls && this.#bad > threshold * calls
  }

  #isOver(nowMs: number): boolean {
    const { window } = this.#rule
    if ('calls' in window) return this.#samples.length > window.calls
    const oldest = this.#samples[0]
    return oldest !== undefined && nowMs - oldest.atMs >= window.ms
  }
}
