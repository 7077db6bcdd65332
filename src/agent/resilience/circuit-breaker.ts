import { breakerParts } from './breaker-parts.ts'
import type { BreakerMoment, BreakerParts } from './breaker-parts.ts'
import type { CallClass } from '../errors/call-class.ts'
import type { BreakerSettings } from './resilience-options.ts'
import { tellAll } from './breaker-watch.ts'
import type { BreakerSnapshot, BreakerStanding, OnTransition } from './breaker-watch.ts'
import type { TripRule } from './trip-rule.ts'

type State =
  | { readonly name: 'closed'; readonly rule: TripRule }
  | { readonly name: 'open'; readonly untilMs: number; readonly cooldownMs: number }
  | { readonly name: 'half-open'; readonly cooldownMs: number; underWay: number; successes: number }

/** How a call ended, as its breaker is told. */
export interface CallEnd {
  readonly class: CallClass
  /** Absent after a success. */
  readonly error?: unknown
  /** Milliseconds from sending to the end. */
  readonly tookMs: number
}

/** The right to make one call, and the duty to say how it ended, once. */
export interface Permit {
  readonly admitted: true
  readonly isProbe: boolean
  settle(end: CallEnd): void
}

/** A call that is not to be made. */
export interface BreakerRefusal {
  readonly admitted: false
  /** Until the cooldown ends; absent while probes are out, since nobody knows when they return. */
  readonly retryAfterMs?: number
}

/**
 * A circuit breaker: closed, open for a cooldown, half-open for probes.
 *
 * A call counts only in the state in which it was let through. Neutral calls count for nothing and, as probes, give
 * their permit back. The cooldown starts when the failure ends that opens the breaker. Everything is decided when a
 * call asks or ends; there is no timer.
 *
 * @param now milliseconds by a clock that never goes back
 */
export class CircuitBreaker {
  readonly #settings: BreakerSettings
  readonly #parts: BreakerParts
  readonly #now: () => number
  readonly #listeners = new Set<OnTransition>()
  #epoch = 0
  #openings = 0
  #state: State

  constructor(settings: BreakerSettings, parts: BreakerParts = breakerParts, now = () => performance.now()) {
    this.#settings = settings
    this.#parts = parts
    this.#now = now
    this.#state = { name: 'closed', rule: parts.tripRule(settings) }
  }

  /** What {@link admit} would refuse now, without taking a permit; null where it would let a call through. */
  refusal(): BreakerRefusal | null {
    const state = this.#settled()
    if (state.name === 'open') return { admitted: false, retryAfterMs: Math.ceil(state.untilMs - this.#now()) }
    if (state.name === 'closed' || this.#parts.isProbeAdmitted(state.underWay, this.#settings.probesAtOnce)) return null
    return { admitted: false }
  }

  /** Where the breaker is now; looking changes nothing. */
  snapshot(): BreakerSnapshot {
    const state = this.#state
    const openings = this.#openings
    if (state.name !== 'open') return { state: state.name, openings, retryAfterMs: null }
    if (!this.#parts.isCoolingDown(this.#now(), state.untilMs)) return { state: 'half-open', openings, retryAfterMs: 0 }
    return { state: 'open', openings, retryAfterMs: Math.ceil(state.untilMs - this.#now()) }
  }

  /** What a later process has to know of it. The calls that it has counted are not part of that. */
  standing(): BreakerStanding {
    const state = this.#state
    if (state.name === 'closed') return { state: 'closed', leftMs: null, cooldownMs: this.#settings.cooldownMs }
    const leftMs = state.name === 'open' ? state.untilMs - this.#now() : null
    return { state: state.name, leftMs, cooldownMs: state.cooldownMs }
  }

  /**
   * Goes on where the breaker of an earlier process stood, unless this one has moved already.
   *
   * The probes of that process hold no permit here, and whatever its clock said, what is left of a cooldown is never
   * longer than the cooldown.
   */
  resume({ state, leftMs, cooldownMs: stood }: BreakerStanding): void {
    if (this.#epoch > 0 || state === 'closed') return
    const { cooldownMs: shortest, cooldownGrowth } = this.#settings
    const cooldownMs = Math.max(shortest, Math.min(stood, cooldownGrowth?.capMs ?? shortest))
    const untilMs = this.#now() + Math.max(0, Math.min(leftMs ?? 0, cooldownMs))
    this.#epoch += 1
    this.#state =
      state === 'open'
        ? { name: 'open', untilMs, cooldownMs }
        : { name: 'half-open', cooldownMs, underWay: 0, successes: 0 }
  }

  /** Tells of each change of state, as it is made; what a listener throws changes nothing. Returns what ends that. */
  onTransition(listener: OnTransition): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Lets a call through or refuses it. */
  admit(): Permit | BreakerRefusal {
    const refusal = this.refusal()
    if (refusal) return refusal
    const admitted = this.#moment()
    if (this.#state.name === 'half-open') this.#state.underWay += 1
    let isSettled = false
    return {
      admitted: true,
      isProbe: admitted.state === 'half-open',
      settle: (end) => {
        if (isSettled) return
        isSettled = true
        if (this.#parts.returnsPermit(end.error, admitted)) this.#settle(admitted, end)
      },
    }
  }

  #settle(admitted: BreakerMoment, { class: outcome, tookMs }: CallEnd): void {
    if (this.#parts.isStraggler(admitted, this.#moment())) return
    const state = this.#state
    if (state.name === 'half-open') return this.#probeEnded(state, outcome)
    if (state.name === 'open' || outcome === 'neutral') return
    const isTripped = state.rule({ failed: outcome === 'failure', tookMs, atMs: this.#now() })
    if (isTripped) this.#open(this.#settings.cooldownMs)
  }

  #probeEnded(state: Extract<State, { name: 'half-open' }>, outcome: CallClass): void {
    const { cooldownGrowth, probesToClose } = this.#settings
    state.underWay -= 1
    if (outcome === 'neutral') return
    if (outcome === 'failure') {
      const { factor, capMs } = cooldownGrowth ?? { factor: 1, capMs: state.cooldownMs }
      return this.#open(Math.max(state.cooldownMs, Math.min(capMs, state.cooldownMs * factor)))
    }
    state.successes += 1
    if (state.successes >= probesToClose) this.#enter({ name: 'closed', rule: this.#parts.tripRule(this.#settings) })
  }

  #open(cooldownMs: number): void {
    this.#enter({ name: 'open', untilMs: this.#now() + cooldownMs, cooldownMs })
  }

  /** The state now: a cooldown that is over has made way for probes. */
  #settled(): State {
    if (this.#state.name === 'open' && !this.#parts.isCoolingDown(this.#now(), this.#state.untilMs)) {
      this.#enter({ name: 'half-open', cooldownMs: this.#state.cooldownMs, underWay: 0, successes: 0 })
    }
    return this.#state
  }

  #enter(state: State): void {
    const from = this.#state.name
    this.#state = state
    this.#epoch += 1
    if (state.name === 'open') this.#openings += 1
    tellAll(this.#listeners, { from, to: state.name, atMs: this.#now() })
  }

  #moment(): BreakerMoment {
    return { state: this.#state.name, epoch: this.#epoch }
  }
}
