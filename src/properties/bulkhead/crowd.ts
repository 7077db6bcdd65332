import { countBefore } from './count-before.ts'

/** How many tasks there were when: for claims that come to light later. */
export class Crowd {
  readonly #started: number[] = []
  readonly #ended: number[] = []
  readonly #gone: number[] = []

  started(at: number): void {
    this.#started.push(at)
  }

  /** A task is over; `isGone` where it was cancelled before it had sent anything, so perhaps while it waited. */
  ended(at: number, isGone: boolean): void {
    this.#ended.push(at)
    if (isGone) this.#gone.push(at)
  }

  /** Tasks that had begun by this instant and had not ended before it. */
  runningAt(at: number): number {
    return countBefore(this.#started, at + 1) - countBefore(this.#ended, at)
  }

  /** When each task ended that was cancelled before this instant without ever having sent anything. */
  goneBefore(at: number): number[] {
    return this.#gone.slice(0, countBefore(this.#gone, at))
  }
}
