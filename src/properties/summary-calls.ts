import type { RequestSent } from '../contract/event.ts'
import type { Profile } from '../contract/profile.ts'

/** Tells the model calls by which an agent has its history summed up: they are no steps, and decide nothing. */
export class SummaryCalls {
  /** The declared words as they stand in a JSON body; null where none are declared. */
  readonly #words: string | null
  readonly #calls = new Set<number>()

  constructor({ summaries }: Profile) {
    this.#words = summaries ? JSON.stringify(summaries.instructions).slice(1, -1) : null
  }

  /** Looks at a request that is sent; says whether it asks for a summary. */
  sent({ call, kind, body }: Pick<RequestSent, 'call' | 'kind' | 'body'>): boolean {
    const isOne = this.#words !== null && kind === 'model' && body.includes(this.#words)
    if (isOne) this.#calls.add(call)
    return isOne
  }

  has(call: number): boolean {
    return this.#calls.has(call)
  }
}
