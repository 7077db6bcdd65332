import type { UpstreamKind } from '../../contract/upstream-kind.ts'

/** A stretch of virtual time, both ends included. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What is declared of a pool. */
export interface PoolRule {
  readonly kind: UpstreamKind
  readonly upstream: string
  readonly maxConcurrent: number
  /** Infinite where the profile claims no limit. */
  readonly maxQueued: number
  /** Calls of any other user that may be sent while one waits; null where that is not claimed. */
  readonly maxOvertaking: number | null
}

/**
 * The slots of one upstream, as far as the wire shows them.
 *
 * A call under way takes a slot. One that failed may go on holding its slot until the next attempt: so `held` is never
 * less than what the agent has given out, and where it is below the limit there is room.
 */
export class Pool {
  readonly rule: PoolRule
  /** Calls under way. */
  readonly open = new Set<number>()
  /** Failed calls that may be attempted again, by their ordinal, with their task. */
  readonly #resting = new Map<number, number>()
  /** Stretches during which every slot may have been taken, the last one perhaps not over. */
  readonly #full: { from: number; to: number }[] = []
  #freeSince: number | null = 0
  #lastRoom: Stretch | null = null
  /** Until when the agent was blocked: a slot that comes free before is given back then. */
  #blockedUntil = -1
  /** When a call last ended, and whether one has ever ended otherwise than well. */
  lastEndAt = -1
  hasFailed = false

  constructor(rule: PoolRule) {
    this.rule = rule
  }

  get held(): number {
    return this.open.size + this.#resting.size
  }

  get isFull(): boolean {
    return this.held >= this.rule.maxConcurrent
  }

  begin(call: number, previous: number | null, at: number): void {
    if (previous !== null) this.#resting.delete(previous)
    this.open.add(call)
    this.#note(at)
  }

  end(call: number, task: number, at: number, mayRest: boolean): void {
    if (!this.open.delete(call)) return
    this.lastEndAt = at
    if (mayRest) this.#resting.set(call, task)
    this.#note(at)
  }

  /** The task goes on with something else, or is over: it holds no slot between attempts. */
  letGo(task: number, at: number): void {
    for (const [call, holder] of this.#resting) if (holder === task) this.#resting.delete(call)
    this.#note(at)
  }

  /** Nothing in the agent moves until a moment: what ended at this instant it may hear of only then. */
  blocked(at: number, until: number): void {
    this.#blockedUntil = Math.max(until, this.#blockedUntil)
    if (this.#freeSince === null) return
    const last = this.#full.at(-1)
    if (this.#freeSince < at) this.#lastRoom = { from: this.#freeSince, to: at }
    else if (last) last.to = this.#blockedUntil
    this.#freeSince = Math.max(this.#blockedUntil, this.#freeSince)
  }

  /** Whether every slot may have been taken at this instant. */
  wasFullAt(at: number): boolean {
    let [low, high] = [0, this.#full.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#full[middle]?.to ?? Infinity) < at) low = middle + 1
      else high = middle
    }
    return (this.#full[low]?.from ?? Infinity) <= at
  }

  /** The last stretch of more than an instant, between two times, in which there was room; null for none. */
  roomDuring(from: number, to: number): Stretch | null {
    const room = this.#freeSince === null ? this.#lastRoom : { from: this.#freeSince, to }
    if (!room) return null
    const common = { from: Math.max(room.from, from), to: Math.min(room.to, to) }
    if (common.from < common.to) return common
    const before = this.#lastRoom
    const earlier = before && { from: Math.max(before.from, from), to: Math.min(before.to, to) }
    return earlier && earlier.from < earlier.to ? earlier : null
  }

  #note(at: number): void {
    const last = this.#full.at(-1)
    if (this.isFull) {
      if (this.#freeSince !== null && this.#freeSince < at) this.#lastRoom = { from: this.#freeSince, to: at }
      if (this.#freeSince !== null) this.#full.push({ from: at, to: Infinity })
      this.#freeSince = null
    } else if (this.#freeSince === null) {
      const from = Math.max(at, this.#blockedUntil)
      if (last) last.to = from
      this.#freeSince = from
    }
  }
}
