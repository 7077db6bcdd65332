import { epochMs } from '../contract/epoch.ts'
import type { ClockJumped, TaskEnded } from '../contract/event.ts'

/** Follows the wall clock of the agent, whose times stand in what it claims, so that they can be read in virtual time. */
export class AgentClock {
  /** How far the clock was ahead from when on, in the order of the jumps. */
  readonly #offsets: { readonly from: number; readonly offsetMs: number }[] = [{ from: 0, offsetMs: 0 }]

  set({ at, offsetMs }: ClockJumped): void {
    this.#offsets.push({ from: at, offsetMs })
  }

  /**
   * The end of a task as if the clock had never been set.
   *
   * A clock that is set back shows times twice. An answer is as fresh as its time can mean; refusals of which one could
   * have been at either are left out, as if nothing were claimed of them.
   */
  corrected(event: TaskEnded): TaskEnded {
    const { claims } = event.outcome
    if (claims === undefined || this.#offsets.length === 1) return event
    const { asOfMs, refusals, ...others } = claims
    const times = refusals?.map(({ atMs }) => this.#readings(atMs, event.at))
    const isClear = times?.every(({ length }) => length <= 1) === true
    const right = (clockMs: number): number => this.#readings(clockMs, event.at)[0] ?? this.#asNow(clockMs)
    const changed = {
      ...others,
      ...(asOfMs !== undefined && { asOfMs: right(asOfMs) }),
      ...(isClear && { refusals: refusals?.map((refusal) => ({ ...refusal, atMs: right(refusal.atMs) })) }),
    }
    return { ...event, outcome: { ...event.outcome, claims: changed } }
  }

  /** All moments up to now at which the clock showed a time, the last first. */
  #readings(clockMs: number, now: number): number[] {
    let until = now
    return this.#offsets.toReversed().flatMap(({ from, offsetMs }) => {
      const at = clockMs - epochMs - offsetMs
      const isShown = at >= from && at <= until
      until = from
      return isShown ? [epochMs + at] : []
    })
  }

  #asNow(clockMs: number): number {
    return clockMs - (this.#offsets.at(-1)?.offsetMs ?? 0)
  }
}
