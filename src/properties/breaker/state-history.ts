import type { BreakerState } from './breaker-state.ts'

interface Span {
  readonly from: number
  readonly states: readonly BreakerState[]
}

/** The states that a breaker may have been in, by time: refusals are told of only once their task is over. */
export class StateHistory {
  readonly #spans: Span[]

  constructor(states: readonly BreakerState[]) {
    this.#spans = [{ from: 0, states }]
  }

  get latest(): readonly BreakerState[] {
    return this.#spans.at(-1)?.states ?? []
  }

  add(at: number, states: readonly BreakerState[]): void {
    const { latest } = this
    const isUnchanged = states.length === latest.length && states.every((state, index) => state === latest[index])
    if (!isUnchanged) this.#spans.push({ from: at, states })
  }

  /** Whether a state held at some time between the two, both included, at which the test is true. */
  some(from: number, to: number, test: (state: BreakerState, at: number) => boolean): boolean {
    for (let index = this.#spans.length - 1, until = Infinity; index >= 0; index--) {
      const span = this.#spans[index]
      if (!span || until < from) return false
      if (span.from <= to && span.states.some((state) => test(state, Math.max(from, span.from)))) return true
      until = span.from
    }
    return false
  }

  /** All states at some time between the two, both included. */
  between(from: number, to: number): readonly BreakerState[] {
    const found: BreakerState[] = []
    this.some(from, to, (state) => {
      found.push(state)
      return false
    })
    return found
  }
}
