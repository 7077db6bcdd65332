import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { AgentStore, StoreOptions } from './agent-store.ts'
import type { BreakerRecord } from './records/guard-records.ts'
import type { Unwritten } from './unwritten.ts'

/**
 * The breakers of an agent in its store, by name.
 *
 * A cooldown is kept by the wall clock, since no other outlives the process. Where that was set back meanwhile, as much
 * is left as a whole cooldown and no more, which is noted, so that the next process need not wait as long again.
 */
export class KeptBreakers {
  readonly #store: AgentStore
  readonly #breakers: ReadonlyMap<string, CircuitBreaker>
  /** Those that stand otherwise than the store says. */
  readonly #changed = new Set<string>()
  readonly #now: () => number
  #hasMoved = false

  /** @param now milliseconds by the wall clock */
  constructor(store: AgentStore, breakers: ReadonlyMap<string, CircuitBreaker>, now = () => Date.now()) {
    this.#store = store
    this.#now = now
    this.#breakers = breakers
    for (const [name, breaker] of breakers) breaker.onTransition(() => this.#moved(name))
  }

  /** Whether one has moved since changes were taken last. */
  get hasMoved(): boolean {
    return this.#hasMoved
  }

  /** Reads where they stood, for breakers that have not moved yet. */
  async load(options: StoreOptions): Promise<void> {
    for (const [name, breaker] of this.#breakers) {
      const record = await this.#store.breakers.get(name, options)
      if (record === null) continue
      const { state, openUntilMs, cooldownMs } = record
      const leftMs = openUntilMs === null ? null : openUntilMs - this.#now()
      breaker.resume({ state, leftMs, cooldownMs })
      if (leftMs !== null && leftMs > cooldownMs) this.#changed.add(name)
    }
  }

  take(): Unwritten {
    const names = [...this.#changed]
    this.#changed.clear()
    this.#hasMoved = false
    return {
      changes: names.flatMap((name) => this.#recordOf(name)).map((record) => this.#store.breakers.put(record)),
      giveBack: () => names.forEach((name) => this.#changed.add(name)),
    }
  }

  #moved(name: string): void {
    this.#changed.add(name)
    this.#hasMoved = true
  }

  #recordOf(name: string): BreakerRecord[] {
    const standing = this.#breakers.get(name)?.standing()
    if (!standing) return []
    const { state, leftMs, cooldownMs } = standing
    const atMs = this.#now()
    return [{ name, state, openUntilMs: leftMs === null ? null : Math.ceil(atMs + leftMs), cooldownMs, atMs }]
  }
}
