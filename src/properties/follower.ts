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

/** Makes the follower of a trial; null where the profile declares nothing that it could follow. */
type Make<Kind extends Follower | null> = (facts: PropertyFacts) => Kind

type Followers = Map<Make<Follower | null>, Follower | null>

/** By trial, for which the facts handed out stand, and by kind; in the order in which they were first asked for. */
const trials = new WeakMap<PropertyFacts, Followers>()

/** A kind of follower: the function returned gives every property of a trial the same one. */
export function sharedFollower<Kind extends Follower | null>(make: Make<Kind>): Make<Kind> {
  return (facts) => {
    const ofTrial: Followers = trials.get(facts) ?? new Map<Make<Follower | null>, Follower | null>()
    trials.set(facts, ofTrial)
    let follower = ofTrial.get(make)
    if (follower === undefined) ofTrial.set(make, (follower = make(facts)))
    // Under a function that makes followers of a kind there is none of another.
    return follower as Kind
  }
}

/** The followers that the properties of a trial have asked for, in an order that depends on the properties alone. */
export function followersOf(facts: PropertyFacts): readonly Follower[] {
  return [...(trials.get(facts)?.values() ?? [])].filter((follower) => follower !== null)
}
