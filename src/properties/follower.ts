import type { EventType, TraceEvent } from '../contract/event.ts'
import type { PropertyFacts } from '../contract/property.ts'

/**
 * Follows the events of one trial for all properties that speak of the same thing.
 *
 * Whoever judges feeds it each event once, before any property sees that event; properties only read what it knows.
 */
export interface Follower {
  /** The event types that it wants. */
  readonly follows: readonly EventType[]
  follow(event: TraceEvent): void
}

/**
 * Makes the follower of a trial; null where the profile declares nothing that it could follow.
 *
 * Given is also the one that has followed the instance of the agent before, where its process was killed.
 */
type Make<Kind extends Follower | null> = (facts: PropertyFacts, before: Kind | null) => Kind

type Followers = Map<object, Follower | null>

/** By trial, for which the facts handed out stand, and by kind; in the order in which they were first asked for. */
const trials = new WeakMap<PropertyFacts, Followers>()

/** By the facts that stand for an instance of the agent, those of the one before it. */
const predecessors = new WeakMap<PropertyFacts, PropertyFacts>()

/** Says that the instance of the agent that these facts stand for comes after that of the others. */
export function succeed(facts: PropertyFacts, before: PropertyFacts): void {
  predecessors.set(facts, before)
}

/** A kind of follower: the function returned gives every property of a trial the same one. */
export function sharedFollower<Kind extends Follower | null>(make: Make<Kind>): (facts: PropertyFacts) => Kind {
  return (facts) => {
    const ofTrial: Followers = trials.get(facts) ?? new Map<object, Follower | null>()
    trials.set(facts, ofTrial)
    const earlier = predecessors.get(facts)
    // Under a function that makes followers of a kind there is none of another.
    const before = ((earlier && trials.get(earlier)?.get(make)) ?? null) as Kind | null
    let follower = ofTrial.get(make)
    if (follower === undefined) ofTrial.set(make, (follower = make(facts, before)))
    return follower as Kind
  }
}

/** The followers that the properties of a trial have asked for, in an order that depends on the properties alone. */
export function followersOf(facts: PropertyFacts): readonly Follower[] {
  return [...(trials.get(facts)?.values() ?? [])].filter((follower) => follower !== null)
}
