import { AnswerCache } from '../fallback/answer-cache.ts'
import type { CachedAnswer } from '../fallback/answer-cache.ts'
import type { AgentStore, StoreOptions } from './agent-store.ts'
import type { KeptAnswerRecord } from './records/guard-records.ts'
import type { Unwritten } from './unwritten.ts'

/** The answers that an agent keeps, in its store: each with the time at which it was made, so that it grows no younger. */
export class KeptAnswers {
  readonly cache: AnswerCache
  readonly #store: AgentStore
  /** What the store has yet to be told by key; null for an answer that has made way. */
  readonly #changed = new Map<string, KeptAnswerRecord | null>()

  constructor(store: AgentStore, maxEntries: number) {
    this.#store = store
    this.cache = new AnswerCache(maxEntries, (key, answer) => this.#changed.set(key, recordOf(key, answer)))
  }

  /** Reads what earlier processes have kept. */
  async load(options: StoreOptions): Promise<void> {
    const records = await this.#store.answers.list(null, options)
    this.cache.restore(records.map(({ key, answer, asOfMs }) => [key, { answer, asOfMs }] as const))
  }

  take(): Unwritten {
    const taken = [...this.#changed]
    this.#changed.clear()
    const { answers } = this.#store
    return {
      changes: taken.map(([key, record]) => (record ? answers.put(record) : answers.remove(gone(key)))),
      giveBack: () => {
        for (const [key, record] of taken) if (!this.#changed.has(key)) this.#changed.set(key, record)
      },
    }
  }
}

function recordOf(key: string, answer: CachedAnswer | null): KeptAnswerRecord | null {
  return answer && { key, ...answer, usedAtMs: Date.now() }
}

/** A record is removed by its key alone. */
function gone(key: string): KeptAnswerRecord {
  return { key, answer: '', asOfMs: 0, usedAtMs: 0 }
}
