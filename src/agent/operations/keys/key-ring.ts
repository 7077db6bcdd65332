import { z } from 'zod'
import { apiErrorOf } from '../../errors/api-error.ts'
import { parseOptions } from '../../errors/parse-options.ts'
import type { ApiKeys } from '../../providers/client-per-key.ts'
import { withDeadline } from '../../resilience/deadline.ts'
import { waitMs } from '../../resilience/resilience-options.ts'
import { untilAborted } from '../../resilience/until-aborted.ts'
import { onAlertSchema, raise } from '../alert.ts'
import { apiKeySchema, shownKey } from './api-key.ts'
import type { ApiKey, KeySource, RotationReason } from './api-key.ts'
import { HeldKey } from './held-key.ts'
import { withoutKey } from './without-key.ts'

const keyRingSchema = z.strictObject({
  /** What the keys are for, for alerts. */
  name: z.string().min(1),
  source: z.custom<KeySource>(
    (value) => typeof value === 'object' && value !== null && 'current' in value && 'rotate' in value,
    'must have the functions current and rotate',
  ),
  /** A key is rotated so long before it expires, in milliseconds; default a week. */
  rotateBeforeMs: z.int().min(0).default(604_800_000),
  /** The time of one answer of the source. */
  sourceTimeoutMs: waitMs.default(10_000),
  /** After a rotation that failed, or whose key was refused at once, none is tried for so long. */
  pauseMs: waitMs.default(60_000),
  onAlert: onAlertSchema.optional(),
})

/**
 * Gives out the key of a service, and another before it expires or after it was refused.
 *
 * It asks its source when a key is needed and has no timer. However many calls meet an old key, it is rotated once.
 * Where that fails, the old key stays in use: the service is who decides.
 */
export class KeyRing implements ApiKeys {
  readonly #settings: z.output<typeof keyRingSchema>
  #held: HeldKey | null = null
  #asking: Promise<HeldKey> | null = null
  #pauseEndsMs = -Infinity

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof keyRingSchema>) {
    this.#settings = parseOptions('key ring', keyRingSchema, options)
  }

  /**
   * Makes a call with the key; after a 401 once more, with a new one.
   *
   * @throws what the call threw, without the key in its words; an error where no key is to be had
   */
  async use<Result>(attempt: (apiKey: string) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const first = await untilAborted(this.#current(), signal)
    try {
      return await this.#tried(first, attempt)
    } catch (error) {
      if (apiErrorOf(error)?.status !== 401) throw error
      const next = await untilAborted(this.#after(first), signal)
      if (next === first) throw error
      return await this.#tried(next, attempt)
    }
  }

  async #tried<Result>(key: HeldKey, attempt: (apiKey: string) => Promise<Result>): Promise<Result> {
    try {
      const result = await attempt(key.value)
      if (!key.wasTaken && key.isRotated) this.#pauseEndsMs = -Infinity
      key.wasTaken = true
      key.wasRefused = false
      return result
    } catch (error) {
      if (apiErrorOf(error)?.status === 401) key.wasRefused = true
      throw withoutKey(error, key.value)
    }
  }

  async #current(): Promise<HeldKey> {
    const held = this.#held ?? (await this.#once(() => this.#first()))
    return held.isDue(Date.now()) && !this.#isPausing()
      ? this.#once(() => this.#rotate(held, held.wasRefused ? 'refused' : 'expiring'))
      : held
  }

  /** The key to use after one was refused; the same where there is no other. */
  async #after(refused: HeldKey): Promise<HeldKey> {
    const held = this.#held ?? refused
    if (held !== refused) return held
    return this.#isPausing() ? refused : this.#once(() => this.#rotate(refused, 'refused'))
  }

  async #first(): Promise<HeldKey> {
    const key = await this.#ask('current', (signal) => this.#settings.source.current({ signal }))
    return (this.#held = new HeldKey(key, this.#settings.rotateBeforeMs, null))
  }

  async #rotate(old: HeldKey, reason: RotationReason): Promise<HeldKey> {
    const { name: subject, rotateBeforeMs, onAlert } = this.#settings
    const why = reason === 'expiring' ? 'before it expires' : 'after it was refused'
    try {
      const key = await this.#ask('rotate', (signal) => this.#settings.source.rotate({ signal, reason }))
      this.#held = new HeldKey(key, rotateBeforeMs, Date.now())
      // Until it has been taken: a service that refuses each new key is not to be given one after another.
      if (reason === 'refused') this.#pause()
      const message = `The key ${shownKey(old.value)} made way for ${shownKey(key.value)}, ${why}.`
      raise(onAlert, { kind: 'key_rotated', severity: 'info', subject, message })
      return this.#held
    } catch {
      this.#pause()
      const message = `The key ${shownKey(old.value)} could not be rotated ${why}, and stays in use.`
      raise(onAlert, { kind: 'key_rotation_failed', severity: 'critical', subject, message })
      return old
    }
  }

  /** @throws an error that says nothing of what the source said, which may hold a key */
  async #ask(what: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<ApiKey> {
    const never = new AbortController().signal
    try {
      return apiKeySchema.parse(await withDeadline(what, this.#settings.sourceTimeoutMs, never, async (s) => ask(s)))
    } catch {
      throw new Error(`The source of the keys of ${this.#settings.name} gave no key; check the source and retry.`)
    }
  }

  #once(ask: () => Promise<HeldKey>): Promise<HeldKey> {
    this.#asking ??= ask().finally(() => (this.#asking = null))
    return this.#asking
  }

  #pause(): void {
    this.#pauseEndsMs = performance.now() + this.#settings.pauseMs
  }

  #isPausing(): boolean {
    return performance.now() < this.#pauseEndsMs
  }
}
