import type { ApiKey } from './api-key.ts'

/** A key in use, and what is known of it. */
export class HeldKey {
  readonly value: string
  /** Whether it came from a rotation, and not as the first. */
  readonly isRotated: boolean
  /** Whether a call with it has succeeded. */
  wasTaken = false
  /** Whether the last word of the service on it was a refusal: another one is due, as soon as one may be asked for. */
  wasRefused = false
  readonly #dueMs: number

  /**
   * @param rotatedAtMs when it came from a rotation; such a key is used for half its time at least, so that a source of
   *   short-lived keys is not asked for another with each call
   */
  constructor({ value, expiresAtMs = Infinity }: ApiKey, rotateBeforeMs: number, rotatedAtMs: number | null) {
    this.value = value
    this.isRotated = rotatedAtMs !== null
    const halfTimeMs = rotatedAtMs === null ? -Infinity : (rotatedAtMs + expiresAtMs) / 2
    this.#dueMs = Math.max(expiresAtMs - rotateBeforeMs, halfTimeMs)
  }

  /** Whether it is time for another key. */
  isDue(nowMs: number): boolean {
    return this.wasRefused || nowMs >= this.#dueMs
  }
}
