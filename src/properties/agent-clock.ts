import { epochMs } from '../contract/epoch.ts'
import type { ClockJumped, TaskEnded } from '../contract/event.ts'

/** Follows the wall clock of the agent, whose times stand in what it claims, so that they can be read in virtual time. */
export class AgentClock {
  /** How far the clock was ahead from when on, in the order of the jumps. */
  readonly #offsets: { readonly from: number; readonly offsetMs: number }[] = [{ from: 0, offsetMs: 0 }]

  set({ at, offsetMs }: ClockJumped): void {
    this.#offsets.push({ from: at, offsetMs })
  }

  /** The end of a task as if the clock had never been set. */
  corrected(event: TaskEnded): TaskEnded {
    const { claims } = event.outcome
    if (claims === undefined || this.#offsets.length === 1) return event
    const { asOfMs, refusals } = claims
    const right = (clockMs: number): number => this.#rightTime(clockMs, event.at)
    const changed = {
      ...claims,
      ...(asOfMs !== undefined && { asOfMs: right(asOfMs) }),
      ...(refusals !== undefined && {
        refusals: refusals.map((refusal) => ({ ...refusal, atMs: right(refusal.atMs) })),
      }),
    }
    return { ...event, outcome: { ...event.outcome, claims: changed } }
  }

  /** When the clock showed a time: the last time that it did, for one that is set back shows times twice. */
  #rightTime(clockMs: number, now: number): number {
    let until = now
    for (const { from, offsetMs } of this.#offsets.toReversed()) {
      const at = clockMs - epochMs - offsetMs
      if (at >= from && at <= until) return epochMs + at
      until = from
    }
    return clockMs - (this.#offsets.at(-1)?.offsetMs ?? 0)
  }
}
