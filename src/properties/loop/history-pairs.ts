import type { ModelRequestView } from '../../contract/event.ts'
import { quote } from '../quote.ts'

interface Tally {
  name: string | null
  calls: number
  results: number
}

/**
 * Counts the tool calls and results of a request's history by id, and finds what does not pair up.
 *
 * An id that stands several times in one reply may be answered once for all or once each; `repliesWith` says
 * in how many replies an id stood.
 */
export class HistoryPairs {
  readonly #tallies = new Map<string, Tally>()

  constructor(view: ModelRequestView) {
    for (const { id, name } of view.toolCalls) {
      const tally = this.#tally(id)
      tally.name = name
      tally.calls += 1
    }
    for (const { callId } of view.toolResults) this.#tally(callId).results += 1
  }

  has(id: string): boolean {
    return (this.#tallies.get(id)?.calls ?? 0) > 0
  }

  /** The first id whose calls and results do not pair up, as the rest of the sentence "the request …"; else null. */
  defect(repliesWith: ReadonlyMap<string, number>): string | null {
    for (const [id, { name, calls, results }] of this.#tallies) {
      if (results === calls || (calls > 1 && results === repliesWith.get(id))) continue
      if (calls === 0) return `carries a result for ${quote(id)} without a tool call of that id`
      const call = `tool call ${quote(id)} (${quote(name)})`
      if (results === 0) return `carries ${call} without its result`
      return `carries ${call} ${times(calls)} with ${results === 1 ? 'one result' : `${results} results`}`
    }
    return null
  }

  #tally(id: string): Tally {
    const known = this.#tallies.get(id)
    if (known) return known
    const made = { name: null, calls: 0, results: 0 }
    this.#tallies.set(id, made)
    return made
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
