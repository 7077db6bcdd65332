import { createHash } from 'node:crypto'

/** What is known of an effect that the task has attempted. */
export type KnownEffect = { readonly state: 'done'; readonly result: string } | { readonly state: 'unknown' }

/** The effects of one task, so that none of them is caused twice. */
export class EffectLedger {
  readonly #taskId: string
  readonly #effects = new Map<string, KnownEffect>()

  constructor(taskId: string) {
    this.#taskId = taskId
  }

  find(effectKey: string): KnownEffect | undefined {
    return this.#effects.get(effectKey)
  }

  /** Notes the intent before the first byte is sent: whatever happens next, the effect may exist. */
  begin(effectKey: string): void {
    this.#effects.set(effectKey, { state: 'unknown' })
  }

  complete(effectKey: string, result: string): void {
    this.#effects.set(effectKey, { state: 'done', result })
  }

  /** Forgets an effect that certainly did not happen. */
  withdraw(effectKey: string): void {
    this.#effects.delete(effectKey)
  }

  /** Keys of the effects that are known to have happened, or of those of which nobody knows. */
  keys(state: KnownEffect['state']): string[] {
    return [...this.#effects].filter(([, effect]) => effect.state === state).map(([key]) => key)
  }

  /** Derived, not drawn: a restarted task uses the same key for the same effect. */
  idempotencyKey(effectKey: string): string {
    return createHash('sha256').update(`${this.#taskId}\n${effectKey}`).digest('hex').slice(0, 32)
  }
}
