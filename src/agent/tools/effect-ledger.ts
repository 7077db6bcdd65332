import { createHash } from 'node:crypto'

/** A tool call within its task: what a run that is taken up again recognises. */
export interface CallPlace {
  /** The step in which the model asked for it, from 1. */
  readonly step: number
  readonly callId: string
}

/** What is about to be done. */
export interface Intent {
  /** Names the logical effect. */
  readonly effectKey: string
  /** Canonical JSON of the arguments. */
  readonly argumentsText: string
  readonly place: CallPlace
}

/** What is known of an effect that the task has attempted. */
export type KnownEffect = Intent &
  ({ readonly state: 'done'; readonly result: string } | { readonly state: 'unknown'; readonly result: null })

/** The effects of one task, so that none of them is caused twice. Null stands for a write that is done already. */
export interface EffectLedger {
  find(effectKey: string): KnownEffect | undefined
  /**
   * Notes the intent before the first byte is sent: whatever happens next, the effect may exist.
   *
   * False where somebody else has begun it meanwhile: then it is not to be caused.
   */
  begin(intent: Intent): Promise<boolean> | null
  complete(effectKey: string, result: string): Promise<void> | null
  /** Forgets an effect that certainly did not happen. */
  withdraw(effectKey: string): Promise<void> | null
  /** Keys of the effects that are known to have happened, or of those of which nobody knows. */
  keys(state: KnownEffect['state']): string[]
  /** Derived, not drawn: a restarted task uses the same key for the same effect. */
  idempotencyKey(effectKey: string): string
}

/** A ledger that lives as long as its task. */
export class MemoryEffectLedger implements EffectLedger {
  readonly #taskId: string
  readonly #effects = new Map<string, KnownEffect>()

  constructor(taskId: string) {
    this.#taskId = taskId
  }

  find(effectKey: string): KnownEffect | undefined {
    return this.#effects.get(effectKey)
  }

  begin(intent: Intent): null {
    this.#effects.set(intent.effectKey, { ...intent, state: 'unknown', result: null })
    return null
  }

  complete(effectKey: string, result: string): null {
    const begun = this.#effects.get(effectKey)
    if (begun) this.#effects.set(effectKey, { ...begun, state: 'done', result })
    return null
  }

  withdraw(effectKey: string): null {
    this.#effects.delete(effectKey)
    return null
  }

  keys(state: KnownEffect['state']): string[] {
    return [...this.#effects].filter(([, effect]) => effect.state === state).map(([key]) => key)
  }

  idempotencyKey(effectKey: string): string {
    return idempotencyKeyOf(this.#taskId, effectKey)
  }
}

/** One key an effect of a task, in every process. */
export function idempotencyKeyOf(taskId: string, effectKey: string): string {
  return createHash('sha256').update(`${taskId}\n${effectKey}`).digest('hex').slice(0, 32)
}
