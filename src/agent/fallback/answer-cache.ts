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

/** An answer as its process holds it. */
interface Held {
  readonly answer: CachedAnswer
  /** When it was kept, by `performance.now()`; null for one of an earlier process. */
  readonly sinceMs: number | null
  /** Of no use once it is older, in milliseconds. */
  readonly maxAgeMs: number
}

/**
 * Answers by key, at most so many: those that are too old make way first, and then the one that was used least
 * recently.
 */
export class AnswerCache {
  readonly #maxEntries: number
  readonly #onAnswer: OnAnswer | undefined
  /** In the order of use, the oldest first. */
  readonly #answers = new Map<string, Held>()

  constructor(maxEntries: number, onAnswer?: OnAnswer) {
    this.#maxEntries = maxEntries
    this.#onAnswer = onAnswer
  }

  find(key: string): CachedAnswer | null {
    const found = this.#answers.get(key)
    if (!found) return null
    this.#put(key, found)
    this.#onAnswer?.(key, found.answer)
    return found.answer
  }

  /**
   * How old an answer is, in milliseconds; null where there is none.
   *
   * By the clock of the system, and never less than by the one that cannot be set: set back, the former makes old
   * answers young. Negative where it was set back behind the answer.
   */
  ageMs(key: string): number | null {
    const held = this.#answers.get(key)
    return held ? ageOf(held) : null
  }

  /** @param maxAgeMs when it may make way for others although it is still in use */
  keep(key: string, answer: CachedAnswer, maxAgeMs = Infinity): void {
    this.#put(key, { answer, sinceMs: performance.now(), maxAgeMs })
    this.#onAnswer?.(key, answer)
    this.#makeRoom()
  }

  /** Takes answers that were used before all those that are here, the oldest first; what is here already stays. */
  restore(earlier: Iterable<readonly [string, CachedAnswer]>): void {
    const later = [...this.#answers]
    this.#answers.clear()
    for (const [key, answer] of earlier) this.#put(key, { answer, sinceMs: null, maxAgeMs: Infinity })
    for (const [key, held] of later) this.#put(key, held)
    this.#makeRoom()
  }

  #put(key: string, held: Held): void {
    this.#answers.delete(key)
    this.#answers.set(key, held)
  }

  #makeRoom(): void {
    for (const [key, held] of this.#answers) if (ageOf(held) > held.maxAgeMs) this.#giveUp(key)
    for (const key of this.#answers.keys()) this.#giveUp(key)
  }

  /** Unless there is room enough. */
  #giveUp(key: string): void {
    if (this.#answers.size <= this.#maxEntries) return
    this.#answers.delete(key)
    this.#onAnswer?.(key, null)
  }
}

function ageOf({ answer, sinceMs }: Held): number {
  const ageMs = Date.now() - answer.asOfMs
  return ageMs < 0 || sinceMs === null ? ageMs : Math.max(ageMs, performance.now() - sinceMs)
}
