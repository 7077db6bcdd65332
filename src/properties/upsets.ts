import type { ProcessBlocked, TimersLate, TraceEvent } from '../contract/event.ts'
import type { PropertyFacts } from '../contract/property.ts'
import { AgentClock } from './agent-clock.ts'
import { type Follower, followersOf, succeed } from './follower.ts'
import type { Seat } from './seat.ts'

/** The events of what happened to the agent's process or its clock, rather than of what it did. */
export const isUpset: { readonly [Type in TraceEvent['type']]?: true } = {
  'process.killed': true,
  'process.blocked': true,
  'timers.late': true,
  'clock.jumped': true,
}

/**
 * What the judge of a trial makes of what happened to the agent's process.
 *
 * Once it was killed, what the properties say of an instance of the agent is said of the next one, which knows nothing:
 * they begin anew. What is done at a moment that comes late, because nothing could fire before, accuses nobody.
 */
export class Upsets {
  readonly #seats: readonly Seat[]
  /** Of the present instance of the agent. */
  #facts: PropertyFacts
  readonly #clock = new AgentClock()
  /** What the properties that have begun anew follow together; those that have not keep what they had. */
  #followers: readonly Follower[] = []
  /** The tasks that the present process was handed; null before the first kill. */
  #handed: Set<number> | null = null
  /** Until when nobody is accused. */
  #forgivenUntil = -1

  constructor(seats: readonly Seat[], facts: PropertyFacts) {
    this.#seats = seats
    this.#facts = facts
  }

  /** Takes an event before any property does; returns it as they should see it. */
  take(event: TraceEvent): TraceEvent {
    if (this.#forgivenUntil >= 0 && (event.at > this.#forgivenUntil || event.type === 'trial.ended')) this.#forgive(-1)
    if (event.type === 'process.killed') this.#beginAnew()
    else if (event.type === 'process.blocked' || event.type === 'timers.late') this.#forgive(lastMoment(event))
    else if (event.type === 'clock.jumped') this.#clock.set(event)
    else if (event.type === 'task.started') this.#handed?.add(event.task)
    // It had come to its end in the very turn of the kill: what led there is nothing that the next process has done.
    else if (event.type === 'task.ended' && this.#handed?.has(event.task) === false) this.#forgive(event.at)
    const seen = event.type === 'task.ended' ? this.#clock.corrected(event) : event
    for (const follower of this.#followers) if (follower.follows.includes(seen.type)) follower.follow(seen)
    return seen
  }

  #beginAnew(): void {
    this.#handed = new Set()
    const facts = { ...this.#facts }
    succeed(facts, this.#facts)
    this.#facts = facts
    for (const seat of this.#seats) {
      if (seat.property.outlivesProcess !== true) seat.state = seat.property.start(facts)
    }
    this.#followers = followersOf(facts)
  }

  #forgive(until: number): void {
    this.#forgivenUntil = until < 0 ? until : Math.max(until, this.#forgivenUntil)
    for (const seat of this.#seats) if (seat.property.outlivesProcess !== true) seat.isForgiving = until >= 0
  }
}

function lastMoment(event: ProcessBlocked | TimersLate): number {
  return event.type === 'process.blocked' ? event.at + event.forMs : event.untilMs + event.spanMs
}
