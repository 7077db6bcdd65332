import { canonicalJson } from '../tools/canonical-json.ts'

/** Everything that an answer depends on, as far as the agent can know. */
export interface Question {
  /** Null for nobody in particular. */
  readonly user: string | null
  readonly words: string
  readonly model: string
  readonly instructions: string
  /** Names of the tools that were offered. */
  readonly tools: readonly string[]
  /** The schema of the format that the answer is in; absent: text. */
  readonly format?: Record<string, unknown>
}

/** An answer that was kept. */
export interface CachedAnswer {
  readonly answer: string
  /** When it was made, in milliseconds since the Unix epoch. */
  readonly asOfMs: number
}

/** Says which questions are the same. */
export type CacheKey = (question: Question) => string

/** Whether an answer of that age may still be given. */
export type IsFresh = (ageMs: number, maxStaleMs: number) => boolean

/** Two questions are one where nothing differs, the user included. */
export const questionKey: CacheKey = (question) => canonicalJson(question)

/** The limit itself is still fresh; an answer from the future is not, since a clock was set back. */
export const isFreshAnswer: IsFresh = (ageMs, maxStaleMs) => ageMs >= 0 && ageMs <= maxStaleMs

/** Hears of an answer that was kept or used; null for one that has made way. */
export type OnAnswer = (key: string, answer: CachedAnswer | null) => void

/** Answers by key, at most so many: the one that was used least recently makes way. */
export class AnswerCache {
  readonly #maxEntries: number
  readonly #onAnswer: OnAnswer | undefined
  /** In the order of use, the oldest first. */
  readonly #answers = new Map<string, CachedAnswer>()

  constructor(maxEntries: number, onAnswer?: OnAnswer) {
    this.#maxEntries = maxEntries
    this.#onAnswer = onAnswer
  }

  find(key: string): CachedAnswer | null {
    const found = this.#answers.get(key)
    if (!found) return null
    this.#put(key, found)
    this.#onAnswer?.(key, found)
    return found
  }

  keep(key: string, answer: CachedAnswer): void {
    this.#put(key, answer)
    this.#onAnswer?.(key, answer)
    this.#makeRoom()
  }

  /** Takes answers that were used before all those that are here, the oldest first; what is here already stays. */
  restore(earlier: Iterable<readonly [string, CachedAnswer]>): void {
    const later = [...this.#answers]
    this.#answers.clear()
    for (const [key, answer] of [...earlier, ...later]) this.#put(key, answer)
    this.#makeRoom()
  }

  #put(key: string, answer: CachedAnswer): void {
    this.#answers.delete(key)
    this.#answers.set(key, answer)
  }

  #makeRoom(): void {
    for (const key of this.#answers.keys()) {
      if (this.#answers.size <= this.#maxEntries) return
      this.#answers.delete(key)
      this.#onAnswer?.(key, null)
    }
  }
}
