import type { EventOf, EventType } from '../contract/event.ts'
import type {
  Conclusion,
  Judge,
  Property,
  PropertyFacts,
  PropertyKind,
  Relation,
  Samples,
  Stepper,
} from '../contract/property.ts'

type EventByType = { readonly [Type in EventType]: EventOf<Type> }

/** One function for each event type that a property wants, each given that very type. */
export type Handlers<State> = {
  readonly [Type in EventType]?: (state: State, event: EventByType[Type], judge: Judge) => void
}

/** A property as its author writes it. */
export interface PropertyDefinition<State> {
  readonly id: string
  readonly name: string
  readonly kind: PropertyKind
  readonly statement: string
  /** Where the property speaks at all, as the rest of a sentence that begins with "Applies". */
  readonly applies: string
  /** Whether it speaks of the world, and not of what one instance of the agent does; see {@link Property}. */
  readonly outlivesProcess?: true
  /** Makes the state of one trial, or null where the property does not apply. Depends on the facts alone. */
  start(facts: PropertyFacts): State | null
  readonly on: Handlers<State>
  end?(state: State, judge: Judge): void
  /** For a statistical property: what the samples of all trials come to. */
  readonly conclude?: (this: void, samples: Samples, facts: PropertyFacts) => Conclusion
  /** For a metamorphic property: the second run that it wants. */
  readonly relation?: Relation
}

/** A property with the words that the reference page prints. */
export interface DefinedProperty extends Property {
  readonly applies: string
}

const known: { readonly [Type in EventType]: true } = {
  'task.started': true,
  'task.cancelled': true,
  'request.sent': true,
  'fault.injected': true,
  'response.head': true,
  'response.chunk': true,
  'response.end': true,
  'request.failed': true,
  'request.aborted': true,
  'request.refused': true,
  'effect.applied': true,
  'approval.asked': true,
  'approval.answered': true,
  'task.ended': true,
  'task.threw': true,
  'task.graded': true,
  'world.healed': true,
  'process.killed': true,
  'process.restarted': true,
  'process.blocked': true,
  'clock.jumped': true,
  'timers.late': true,
  'world.outside': true,
  'trial.ended': true,
}
const isEventType = (text: string): text is EventType => Object.hasOwn(known, text)

/**
 * Turns a definition into a property whose state is nobody else's business.
 *
 * What it reads follows from its handlers, so that the two cannot drift apart. The type of the state is forgotten,
 * so that properties of every kind stand in one array; that is sound because a state only ever comes back to the
 * property that made it, and the judge keeps the two together.
 */
export function defineProperty<State>(definition: PropertyDefinition<State>): DefinedProperty {
  const { on, id, name, kind, statement, applies, conclude, relation, outlivesProcess } = definition
  const property: Property<State> & { readonly applies: string } = {
    ...{ id, name, kind, statement, applies },
    reads: Object.keys(on).filter(isEventType),
    start: (facts) => definition.start(facts),
    step: (state, event, judge) => stepperOf(on, event.type)?.step(state, event, judge),
    stepFor: (type) => stepperOf(on, type),
    end: definition.end === undefined ? nothing : (state, judge) => definition.end?.(state, judge),
    ...(outlivesProcess && { outlivesProcess }),
    ...(conclude && { conclude }),
    ...(relation && { relation }),
  }
  return property
}

/** The end of a property that keeps nothing to be judged then; known by identity, so that it need not be called. */
export const nothing = (): void => {}

/** Sound as long as it is fed events of that type only, as its readers promise. */
function stepperOf<State>(on: Handlers<State>, type: EventType): Stepper<State> | undefined {
  const step = on[type]
  return step && { step }
}
