import type { EventType, TraceEvent } from './event.ts'
import type { FaultPlan } from './fault.ts'
import type { Profile } from './profile.ts'
import type { Secret } from './secret.ts'

/** Safety is judged at the first bad prefix; liveness only after the heal point; the others relate runs. */
export type PropertyKind = 'safety' | 'liveness' | 'metamorphic' | 'statistical'

/** Why a property is violated: a sentence that a human can check, and the events that prove it. */
export interface Witness {
  readonly sentence: string
  /** Virtual milliseconds at which the violation became certain. */
  readonly at: number
  /** Ordinals of the upstream calls that prove it, in order; empty where none is involved. */
  readonly calls: readonly number[]
  /** Waits and other stretches of time that the sentence rests on, for drawings. */
  readonly spans?: readonly WitnessSpan[]
}

/** A stretch of virtual time that bears on a violation, e.g. a wait that was asked for and not kept. */
export interface WitnessSpan {
  /** Virtual milliseconds at which it begins. */
  readonly from: number
  /** Virtual milliseconds at which it ends; null: never. */
  readonly to: number | null
  /** What holds in it, e.g. `no attempt may begin`. */
  readonly words: string
}

/** What a property says to whoever runs it. */
export interface Judge {
  /** Whether what is seen now accuses nobody, because the process was blocked or its timers came late. */
  readonly isForgiving: boolean
  /** Counts that the situation the property speaks of has arisen. A property never triggered is vacuous. */
  trigger(): void
  /** Reports a violation; only the first of a trial is kept. */
  violate(witness: Witness): void
  /**
   * Counts one observation for a statistical property, under a short key such as `0.85` or `refunds right`.
   *
   * Counts of all trials are added up, so keys must be few: a bucket, not a raw value.
   */
  sample(key: string): void
}

/** The observations of a statistical property over all trials of a search: how often each key was counted. */
export type Samples = Readonly<Record<string, number>>

/** What a statistical property makes of its observations. */
export type Conclusion =
  | { readonly verdict: 'holds' | 'vacuous'; readonly sentence: string }
  | { readonly verdict: 'violated'; readonly sentence: string }

/** What two runs of one trial are compared by. */
export interface Run {
  readonly plan: FaultPlan
  readonly events: readonly TraceEvent[]
}

/** A second run of a trial under a changed plan, and how the two must relate. */
export interface Relation {
  /** The plan of the second run; null where this trial has nothing to compare. */
  vary(plan: FaultPlan): FaultPlan | null
  /** Compares; calls `trigger` where the change took hold, and `violate` where the runs do not relate as they must. */
  compare(original: Run, varied: Run, judge: Judge, facts: PropertyFacts): void
}

/** What a property may read besides the trace. */
export interface PropertyFacts {
  readonly profile: Profile
  readonly secrets: readonly Secret[]
}

/** Takes events of one type. */
export interface Stepper<State = unknown> {
  step(state: State, event: TraceEvent, judge: Judge): void
}

/**
 * A checker fed event by event, keeping only the state it needs.
 *
 * `start` returns null where the profile claims nothing that the property could judge: *not applicable*.
 */
export interface Property<State = unknown> {
  /** Identifier of the reference, e.g. `R4`. */
  readonly id: string
  /** Dotted name by family, e.g. `retry.after`. */
  readonly name: string
  readonly kind: PropertyKind
  /** What must hold, in one sentence. */
  readonly statement: string
  /**
   * Whether it speaks of the world, e.g. of effects, and so goes on when the agent's process is killed. Absent: it speaks
   * of what one instance of the agent does, begins anew with the next one, and forgives what comes late where the event
   * loop was blocked or timers were late.
   */
  readonly outlivesProcess?: true
  /** The event types that `step` wants. */
  readonly reads: readonly EventType[]
  start(facts: PropertyFacts): State | null
  step(state: State, event: TraceEvent, judge: Judge): void
  /** The step for events of one type alone, so that whoever feeds many of them need not look it up each time. */
  stepFor?(type: EventType): Stepper<State> | undefined
  end(state: State, judge: Judge): void
  /** What all samples of a search come to; statistical properties have it. */
  readonly conclude?: (samples: Samples, facts: PropertyFacts) => Conclusion
  /** The second run that a metamorphic property wants; it is made for a share of the trials. */
  readonly relation?: Relation
}

/** The verdict of one property on one trial. */
export type PropertyVerdict =
  | { readonly verdict: 'holds'; readonly triggers: number; readonly samples?: Samples }
  | { readonly verdict: 'violated'; readonly triggers: number; readonly witness: Witness }
  | { readonly verdict: 'vacuous' }
  | { readonly verdict: 'not applicable' }
