import { idempotencyKeyOf } from '../tools/effect-ledger.ts'
import type { EffectLedger, Intent, KnownEffect } from '../tools/effect-ledger.ts'
import type { AgentStore } from './agent-store.ts'
import type { EffectRecord } from './records/effect-records.ts'

/**
 * The effects of one run in a store: what an earlier process has begun, a later one does not begin again unawares.
 *
 * An intent that is not acknowledged is none: the effect is not to be caused.
 */
export class StoredEffectLedger implements EffectLedger {
  readonly #store: AgentStore
  readonly #run: string
  /** As they are in the store, or will be at the latest when what is under way is written. */
  readonly #effects = new Map<string, EffectRecord>()

  constructor(store: AgentStore, run: string) {
    this.#store = store
    this.#run = run
  }

  /** Reads what earlier processes have left. */
  async load(): Promise<void> {
    for (const effect of await this.#store.effects.list(this.#run)) this.#effects.set(effect.effectKey, effect)
  }

  find(effectKey: string): KnownEffect | undefined {
    const effect = this.#effects.get(effectKey)
    return effect && asKnown(effect)
  }

  async begin(intent: Intent): Promise<boolean> {
    const { effects } = this.#store
    const { effectKey } = intent
    const before = this.#effects.get(effectKey)
    const number = before?.number ?? this.#effects.size
    const begun = { ...intent, run: this.#run, state: 'begun', result: null, number, begunAtMs: Date.now() } as const
    const isOurs = await this.#store.write([before ? effects.replace(before, begun) : effects.add(begun)])
    const found = isOurs ? begun : await effects.get(effects.idOf(begun))
    if (found) this.#effects.set(effectKey, found)
    return isOurs
  }

  async complete(effectKey: string, result: string): Promise<void> {
    const begun = this.#effects.get(effectKey)
    if (!begun) return
    const done = { ...begun, state: 'done', result } as const
    // Known from now on, whether it can be written or not.
    this.#effects.set(effectKey, done)
    await this.#store.write([this.#store.effects.put(done)])
  }

  async withdraw(effectKey: string): Promise<void> {
    const begun = this.#effects.get(effectKey)
    if (!begun) return
    this.#effects.delete(effectKey)
    await this.#store.write([this.#store.effects.remove(begun)])
  }

  keys(state: KnownEffect['state']): string[] {
    return [...this.#effects].filter(([, effect]) => asKnown(effect).state === state).map(([key]) => key)
  }

  idempotencyKey(effectKey: string): string {
    return idempotencyKeyOf(this.#run, effectKey)
  }
}

function asKnown({ effectKey, argumentsText, place, state, result }: EffectRecord): KnownEffect {
  const intent = { effectKey, argumentsText, place }
  return state === 'done' ? { ...intent, state, result: result ?? '' } : { ...intent, state: 'unknown', result: null }
}
