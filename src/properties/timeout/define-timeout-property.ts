import type {
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseChunk,
  ResponseEnd,
  TaskEnded,
  TaskThrew,
  TrialEnded,
} from '../../contract/event.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Judge, PropertyFacts, PropertyKind } from '../../contract/property.ts'
import type { DefinedProperty, Handlers } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { CallClock, ClockEvent } from './call-clock.ts'
import { callClockOf } from './call-clock.ts'
import type { TimedCall, TimedTask } from './timed-call.ts'

/** What a property of timeouts judges by. */
export interface Timed<Rules> {
  readonly clock: CallClock
  readonly rules: Rules
}

type Timeouts = NonNullable<Profile['timeouts']>
type CallEnd = ResponseEnd | RequestFailed | RequestAborted

/** A property of timeouts, in terms of calls and their deadlines instead of events. */
export interface TimeoutPropertyDefinition<Rules> {
  readonly id: string
  readonly name: string
  readonly kind?: PropertyKind
  readonly statement: string
  readonly applies: string
  /** What the property keeps of one trial, where timeouts are declared; null: not applicable. */
  begin(timeouts: Timeouts, facts: PropertyFacts): Rules | null
  sent?(timed: Timed<Rules>, call: TimedCall, event: RequestSent, judge: Judge): void
  /** A piece of a streamed reply is taken. A property that reads when pieces came has this, or they are not counted. */
  piece?(timed: Timed<Rules>, call: TimedCall, event: ResponseChunk, judge: Judge): void
  /** The call has ended, or an event of its end follows that end. */
  ended?(timed: Timed<Rules>, call: TimedCall, event: CallEnd, judge: Judge): void
  taskEnded?(timed: Timed<Rules>, task: TimedTask, event: TaskEnded | TaskThrew, judge: Judge): void
  trialEnded?(timed: Timed<Rules>, event: TrialEnded, judge: Judge): void
  /** Handlers of events that the clock does not follow. */
  readonly also?: Pick<Handlers<Timed<Rules>>, 'fault.injected' | 'world.healed'>
}

/** Feeds the calls of a trial, with the deadlines that they have, to a property of timeouts. */
export function defineTimeoutProperty<Rules>(definition: TimeoutPropertyDefinition<Rules>): DefinedProperty {
  const { id, name, statement, applies, kind = 'safety' } = definition
  type State = Timed<Rules>
  const follow = ({ clock }: State, event: ClockEvent): void => void clock.take(event)
  const ended = (state: State, event: CallEnd, judge: Judge): void => {
    const { call } = state.clock.take(event)
    if (call) definition.ended?.(state, call, event, judge)
  }
  const piece = (state: State, event: ResponseChunk, judge: Judge): void => {
    const { call } = state.clock.take(event)
    if (call) definition.piece?.(state, call, event, judge)
  }
  const taskEnded = (state: State, event: TaskEnded | TaskThrew, judge: Judge): void => {
    const { task } = state.clock.take(event)
    definition.taskEnded?.(state, task, event, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind },
    start: (facts) => {
      const clock = callClockOf(facts)
      const rules = clock && facts.profile.timeouts ? definition.begin(facts.profile.timeouts, facts) : null
      return clock === null || rules === null ? null : { clock, rules }
    },
    on: {
      ...definition.also,
      'task.started': follow,
      'task.cancelled': follow,
      'task.ended': taskEnded,
      'task.threw': taskEnded,
      'request.sent': (state, event, judge) => {
        const { call } = state.clock.take(event)
        if (call) definition.sent?.(state, call, event, judge)
      },
      'response.head': follow,
      ...(definition.piece && { 'response.chunk': piece }),
      'response.end': ended,
      'request.failed': ended,
      'request.aborted': ended,
      'trial.ended': (state, event, judge) => definition.trialEnded?.(state, event, judge),
    },
  })
}
