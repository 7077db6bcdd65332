import type { RanScenario } from '../../runner/ran-scenario.ts'
import type { SeenScenarios } from './look.ts'

/** What a scenario came to, and what it was made of then. */
interface Remembered {
  readonly ran: RanScenario
  readonly digest: string | undefined
  readonly shared: string
}

/** What scenarios came to when they were last run: it holds whenever they are made of the same again. */
export class RunMemory {
  /** By path, of the state that was recalled last. */
  readonly finished = new Map<string, RanScenario>()
  readonly #remembered = new Map<string, Remembered>()
  #seen: SeenScenarios | null = null

  /** Recalls what still holds, or holds again; what is put in from now on is of this state. */
  recall(seen: SeenScenarios): void {
    this.#keep()
    this.#seen = seen
    for (const path of seen.files) {
      const known = this.#remembered.get(path)
      if (known?.digest === seen.digests.get(path) && known?.shared === seen.shared) this.finished.set(path, known.ran)
    }
  }

  /** Has these scenarios run again although nothing has changed; all of them without a list. */
  forget(paths?: Iterable<string>): void {
    this.#keep()
    for (const path of paths ?? [...this.#remembered.keys()]) this.#remembered.delete(path)
  }

  #keep(): void {
    const seen = this.#seen
    if (seen === null) return
    for (const [path, ran] of this.finished) {
      this.#remembered.set(path, { ran, digest: seen.digests.get(path), shared: seen.shared })
    }
    this.finished.clear()
  }
}
