import type { TraceEvent } from '../../contract/event.ts'
import type { BreakerInput, Completion } from './breaker-input.ts'

/** What happens between two events of these types, at one moment, is no decision of a breaker. */
const decides: ReadonlySet<TraceEvent['type']> = new Set([
  'request.sent',
  'response.end',
  'request.failed',
  'request.aborted',
  'task.started',
  'task.ended',
  'task.threw',
  'world.healed',
  'trial.ended',
])

/**
 * Keeps the ends of calls for the moment in which their tasks may yet be cancelled.
 *
 * A cancellation that comes at the moment at which a call ended may have reached the agent before the end did.
 */
export class HeldEnds {
  #held: Completion[] = []

  /** Keeps an input back where it is the end of a call. */
  keeps(input: BreakerInput): boolean {
    if (input.type !== 'completion') return false
    this.#held.push(input)
    return true
  }

  /** The ends that are kept: the agent may not have heard of them yet. */
  get kept(): readonly Completion[] {
    return this.#held
  }

  /** The ends that are certain by the time of an event, in order. */
  before(event: TraceEvent): readonly Completion[] {
    const [first] = this.#held
    if (!first) return []
    if (event.type === 'task.cancelled' && event.at === first.at) {
      this.#held = this.#held.map((end) => (end.task === event.task ? { ...end, verdict: 'any' } : end))
    }
    if (event.at === first.at && !decides.has(event.type)) return []
    const certain = this.#held
    this.#held = []
    return certain
  }
}
