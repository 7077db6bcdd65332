import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { TraceEvent } from '../../contract/event.ts'
import type { Witness } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Sign } from './blame.ts'
import type { Admission, BreakerInput, LocalRefusal } from './breaker-input.ts'
import type { BreakerScope } from './breaker-scope.ts'
import type { BreakerState } from './breaker-state.ts'
import { type Standing, handedOn, longestCooldown, standingOf } from './legacy-states.ts'

/** What the breaker of one upstream was when the process before was killed. */
interface Heirloom {
  readonly initial: readonly BreakerState[]
  /** Null where it need not be open, or nobody can say until when. */
  standing: Standing | null
  /** Whether nothing certain can be said of the breaker itself. */
  isUnknown: boolean
  /** When it was first heard to refuse a call; infinite before. */
  refusedAt: number
  /** Whether a call has been sent, so that the breaker goes on by itself. */
  isSpent: boolean
}

interface Ancestor {
  readonly legacy: Legacy | null
  readonly scopes: ReadonlyMap<string, BreakerScope>
}

const nothing: readonly Sign[] = []

/** What the breakers of a process have from the one before it, of an agent that declares that they survive (B22). */
export class Legacy {
  /** Whether a store has failed: then nobody knows what was kept. */
  isBlind: boolean
  readonly #profile: BreakerProfile
  readonly #heirlooms = new Map<string, Heirloom>()
  readonly #endedTasks = new Set<number>()
  /** Whether the wall clock was set since the first process began. */
  #hasJumped: boolean

  constructor(profile: BreakerProfile, before: Ancestor | null) {
    this.#profile = profile
    const legacy = before?.legacy ?? null
    this.isBlind = legacy !== null && legacy.isBlind
    this.#hasJumped = legacy !== null && legacy.#hasJumped
    if (before && legacy) this.#inherit(legacy, before.scopes)
  }

  /** Whether the breaker of an upstream is not to be judged. */
  isUnknown(upstream: string): boolean {
    return this.isBlind || this.#heirlooms.get(upstream)?.isUnknown === true
  }

  /** What the breaker of an upstream may be as this process begins; undefined where nothing was left. */
  initialOf(upstream: string): readonly BreakerState[] | undefined {
    return this.#heirlooms.get(upstream)?.initial
  }

  /** Takes an event before the inputs that follow from it. */
  follow(event: TraceEvent): readonly Sign[] {
    if (event.type === 'clock.jumped') {
      this.#hasJumped = true
      for (const heirloom of this.#heirlooms.values()) {
        if (heirloom.isSpent) continue
        heirloom.standing = null
        heirloom.isUnknown = true
      }
    } else if (event.type === 'task.ended') this.#endedTasks.add(event.task)
    else if (event.type === 'task.started') return this.#demanded(event.at)
    else if ('kind' in event && event.kind === 'store' && 'class' in event && event.class !== 'success') {
      this.isBlind = true
    }
    return nothing
  }

  take(input: BreakerInput): readonly Sign[] {
    const heirloom = this.#heirlooms.get(input.upstream)
    if (!heirloom || this.isBlind) return nothing
    if (input.type === 'refusal') return this.#refused(input, heirloom)
    if (input.type !== 'admission' || heirloom.isSpent) return nothing
    heirloom.isSpent = true
    return this.#admitted(input, heirloom)
  }

  #inherit(before: Legacy, scopes: ReadonlyMap<string, BreakerScope>): void {
    for (const [upstream, heirloom] of before.#heirlooms) {
      if (!heirloom.isSpent) this.#heirlooms.set(upstream, { ...heirloom, refusedAt: Infinity })
    }
    for (const { upstream, run, isDone } of scopes.values()) {
      const kept = this.#heirlooms.get(upstream)?.standing ?? null
      const standing = isDone || this.#hasJumped ? null : (kept ?? standingOf(run.states, before.#endedTasks))
      const initial = handedOn(run, !this.#hasJumped)
      this.#heirlooms.set(upstream, { initial, standing, isUnknown: isDone, isSpent: false, refusedAt: Infinity })
    }
  }

  /** A task that may want what is closed. */
  #demanded(at: number): readonly Sign[] {
    const isStanding = [...this.#heirlooms.values()].some(
      ({ standing, isSpent }) => standing !== null && !isSpent && at < standing.probeFrom,
    )
    return isStanding && !this.isBlind ? [{ property: 'B22', witness: null }] : nothing
  }

  #admitted({ at, request, upstream }: Admission, { standing }: Heirloom): readonly Sign[] {
    if (!standing || at >= standing.probeFrom) return nothing
    const { cause, openedAt, probeFrom } = standing
    const sentence = `${cause.words} to ${quote(upstream)} ended at ${inSeconds(openedAt)}, so no call may begin before ${inSeconds(probeFrom)}, but the next process began call ${request} at ${inSeconds(at)}`
    const spans = [{ from: openedAt, to: probeFrom, words: 'no call allowed' }]
    return violated({ sentence, at, calls: [...cause.calls, request], spans })
  }

  #refused({ upstream, from, to, at }: LocalRefusal, heirloom: Heirloom): readonly Sign[] {
    const { standing, isSpent } = heirloom
    heirloom.refusedAt = Math.min(heirloom.refusedAt, from)
    const until = standing ? standing.refuseUntil : heirloom.refusedAt + longestCooldown(this.#profile)
    if (isSpent || from <= until) return nothing
    const when = from === to ? inSeconds(from) : `some time up to ${inSeconds(to)}`
    const why = standing
      ? `its breaker, opened by ${standing.cause.words} at ${inSeconds(standing.openedAt)}, had to let a probe through from ${inSeconds(until)}`
      : `it had refused one at ${inSeconds(heirloom.refusedAt)}, and the longest cooldown was over by ${inSeconds(until)}`
    const sentence = `the agent refused a call to ${quote(upstream)} at ${when} and had sent none since its process began, but ${why}`
    return violated({ sentence, at, calls: standing?.cause.calls ?? [] })
  }
}

const violated = (witness: Witness): readonly Sign[] => [
  { property: 'B22', witness: null },
  { property: 'B22', witness },
]
