import type { EventType, TraceEvent } from '../contract/event.ts'
import type { ShakedownError } from '../contract/errors.ts'
import { harnessError, usageError } from '../contract/errors.ts'
import type { Property, PropertyFacts, PropertyVerdict, Stepper } from '../contract/property.ts'
import { nothing } from './define-property.ts'
import { type Follower, followersOf } from './follower.ts'
import { secretRedactor } from './redact-secrets.ts'
import { type Moment, Seat } from './seat.ts'
import { Upsets, isUpset } from './upsets.ts'
import { inSeconds } from './virtual-time.ts'

/** The judge of one trial: fed every event as it happens, asked once at the end. */
export interface TrialJudge {
  /** @throws {ShakedownError} of kind `harness` where a property throws */
  observe(event: TraceEvent): void
  /** The verdicts by property id, in the order of the properties; asking again gives the same ones. */
  finish(): ReadonlyMap<string, PropertyVerdict>
  /** The same of those alone that apply: most do not, and trials come by the hundred thousand. */
  finishApplicable(): ReadonlyMap<string, PropertyVerdict>
  /** The event at which a property was found violated; null where it was at none, or holds. */
  proofOf(property: string): TraceEvent | null
}

/** What the trials of a scenario share: which properties apply, and which of them wants which event. */
export interface PreparedJudge {
  begin(): TrialJudge
}

type Verdicts = ReadonlyMap<string, PropertyVerdict>

const none: readonly never[] = []

/** A property that wants events of a type: its place among those that apply, and what takes the events. */
interface Reader {
  readonly index: number
  readonly stepper: Stepper
}
type Readers = { readonly [Type in EventType]?: readonly Reader[] }
/** For each event type, the places of the followers that want it. */
type Following = { readonly [Type in EventType]?: readonly number[] }

/**
 * Prepares the judging of many trials under one profile.
 *
 * Hundreds of thousands of trials pass through it, so what depends on the scenario alone is settled here: a property
 * that does not apply costs a trial nothing, and an event meets only the properties that read its type. Secrets are
 * taken out of every witness sentence before anybody can store it.
 *
 * @throws {ShakedownError} of kind `usage` where two different properties share an id
 */
export function prepareJudge(properties: readonly Property[], facts: PropertyFacts): PreparedJudge {
  const distinct = distinctById(properties)
  const applicable = distinct.filter((property) => guarded(property, 'its start', () => property.start(facts)) !== null)
  const readers = readersByType(applicable)
  const following = followingByType(applicable, facts)
  const redact = secretRedactor(facts.secrets)
  return {
    begin: () => {
      // A copy for each trial, so that what properties share within one is not shared with the next.
      const trialFacts = { ...facts }
      const moment: Moment = { event: null }
      const seats = applicable.map((property) => new Seat(property, property.start(trialFacts), redact, moment))
      const followers = followersOf(trialFacts)
      return trialJudge(distinct, seats, { readers, following, followers, facts: trialFacts, moment })
    },
  }
}

/** Judges a single trial; {@link prepareJudge} is the same for many. */
export function createTrialJudge(properties: readonly Property[], facts: PropertyFacts): TrialJudge {
  return prepareJudge(properties, facts).begin()
}

/** Who takes the events of a trial. */
interface Feeding {
  readonly readers: Readers
  readonly following: Following
  readonly followers: readonly Follower[]
  readonly facts: PropertyFacts
  readonly moment: Moment
}

function trialJudge(properties: readonly Property[], seats: readonly Seat[], feeding: Feeding): TrialJudge {
  const { readers, following, followers, facts, moment } = feeding
  let upsets: Upsets | null = null
  let all: Verdicts | null = null
  let applicable: Verdicts | null = null
  const finishApplicable = (): Verdicts => {
    moment.event = null
    return (applicable ??= collect(seats))
  }
  return {
    observe(seen) {
      let seat: Seat | undefined
      let event = seen
      moment.event = seen
      try {
        if (upsets !== null || isUpset[event.type]) event = (upsets ??= new Upsets(seats, facts)).take(event)
        for (const index of following[event.type] ?? none) followers[index]?.follow(event)
        for (const reader of readers[event.type] ?? none) {
          seat = seats[reader.index]
          if (seat) reader.stepper.step(seat.state, event, seat)
        }
      } catch (error) {
        throw propertyThrew(seat?.property, `${event.type} at ${inSeconds(event.at)}`, error)
      }
    },
    finish: () => (all ??= withInapplicable(properties, finishApplicable())),
    finishApplicable,
    proofOf: (id) => seats.find(({ property }) => property.id === id)?.proof ?? null,
  }
}

function withInapplicable(properties: readonly Property[], applicable: Verdicts): Verdicts {
  return new Map(properties.map(({ id }) => [id, applicable.get(id) ?? { verdict: 'not applicable' }]))
}

function collect(seats: readonly Seat[]): Verdicts {
  const verdicts = new Map<string, PropertyVerdict>()
  for (const seat of seats) {
    if (seat.property.end !== nothing) endSeat(seat)
    verdicts.set(seat.property.id, seat.verdict())
  }
  return verdicts
}

function endSeat(seat: Seat): void {
  try {
    seat.property.end(seat.state, seat)
  } catch (error) {
    throw propertyThrew(seat.property, 'the end of the trial', error)
  }
}

function readersByType(properties: readonly Property[]): Readers {
  const readers: { [Type in EventType]?: Reader[] } = {}
  for (const [index, property] of properties.entries()) {
    for (const type of property.reads) {
      const stepper = property.stepFor?.(type) ?? property
      ;(readers[type] ??= []).push({ index, stepper })
    }
  }
  return readers
}

/** The followers of a trial come in one order, whichever trial it is, so that one of them stands for all. */
function followingByType(properties: readonly Property[], facts: PropertyFacts): Following {
  const anyTrial = { ...facts }
  for (const property of properties) property.start(anyTrial)
  const following: { [Type in EventType]?: number[] } = {}
  for (const [index, { follows }] of followersOf(anyTrial).entries()) {
    for (const type of follows) (following[type] ??= []).push(index)
  }
  return following
}

function distinctById(properties: readonly Property[]): readonly Property[] {
  const byId = new Map<string, Property>()
  for (const property of properties) {
    const known = byId.get(property.id)
    if (known && known !== property) {
      throw usageError(
        'PROPERTY_ID',
        `properties: two different properties share the id "${property.id}" ("${known.name}" and "${property.name}"); give one of them another id.`,
      )
    }
    byId.set(property.id, property)
  }
  return [...byId.values()]
}

function guarded<Result>(property: Property, during: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw propertyThrew(property, during, error)
  }
}

function propertyThrew(property: Property | undefined, during: string, error: unknown): ShakedownError {
  const thrown = error instanceof Error ? error.message : String(error)
  const culprit = property ? `Property ${property.id} (${property.name})` : 'What several properties share'
  return harnessError(
    'PROPERTY_THREW',
    `${culprit} threw while judging ${during}: ${thrown}; mend it, the verdicts cannot be trusted.`,
    error,
  )
}
