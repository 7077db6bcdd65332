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
import type { CallClock } from './call-clock.ts'
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
  /** A piece of a streamed reply is taken. */
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
  const sent = (state: State, event: RequestSent, judge: Judge): void => {
    const { latest } = state.clock
    if (latest?.call) definition.sent?.(state, latest.call, event, judge)
  }
  const piece = (state: State, event: ResponseChunk, judge: Judge): void => {
    const { latest } = state.clock
    if (latest?.call) definition.piece?.(state, latest.call, event, judge)
  }
  const ended = (state: State, event: CallEnd, judge: Judge): void => {
    const { latest } = state.clock
    if (latest?.call) definition.ended?.(state, latest.call, event, judge)
  }
  const taskEnded = (state: State, event: TaskEnded | TaskThrew, judge: Judge): void => {
    const { latest } = state.clock
    if (latest) definition.taskEnded?.(state, latest.task, event, judge)
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
      ...(definition.sent && { 'request.sent': sent }),
      ...(definition.piece && { 'response.chunk': piece }),
      ...(definition.ended && { 'response.end': ended, 'request.failed': ended, 'request.aborted': ended }),
      ...(definition.taskEnded && { 'task.ended': taskEnded, 'task.threw': taskEnded }),
      ...(definition.trialEnded && {
        'trial.ended': (state, event, judge) => definition.trialEnded?.(state, event, judge),
      }),
    },
  })
}
