import type {
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  TaskCancelled,
  TaskEnded,
} from '../../contract/event.ts'
import type { Judge, PropertyFacts, PropertyKind } from '../../contract/property.ts'
import type { DefinedProperty, Handlers } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { FallbackEvent, FallbackLedger } from './fallback-ledger.ts'
import { fallbackLedgerOf } from './fallback-ledger.ts'
import type { SourceCall } from './source-call.ts'
import type { TaskLine } from './task-line.ts'

/** What a property of fallbacks judges by. */
export interface Trial<Rules> {
  readonly ledger: FallbackLedger
  readonly rules: Rules
}

/** A property of fallbacks, in terms of tasks and their requests to sources instead of events. */
export interface FallbackPropertyDefinition<Rules> {
  readonly id: string
  readonly name: string
  readonly kind?: PropertyKind
  readonly statement: string
  readonly applies: string
  /** What the property keeps of one trial, where the profile declares a fallback; null: not applicable. */
  begin(facts: PropertyFacts, ledger: FallbackLedger): Rules | null
  /** A request to a model is being sent; the line knows of it already. */
  asked?(trial: Trial<Rules>, line: TaskLine, call: SourceCall, judge: Judge): void
  /** A request to a model has ended; the line knows of it already. */
  answered?(trial: Trial<Rules>, line: TaskLine, call: SourceCall, judge: Judge): void
  cancelled?(trial: Trial<Rules>, line: TaskLine, event: TaskCancelled, judge: Judge): void
  /** The task has an outcome. */
  concluded?(trial: Trial<Rules>, line: TaskLine, event: TaskEnded, judge: Judge): void
  /** Handlers of events that the ledger does not follow. */
  readonly also?: Pick<Handlers<Trial<Rules>>, 'effect.applied' | 'fault.injected' | 'world.healed'>
}

/** Feeds the tasks of a trial, with what they asked of which source, to a property of fallbacks. */
export function defineFallbackProperty<Rules>(definition: FallbackPropertyDefinition<Rules>): DefinedProperty {
  const { id, name, statement, applies, kind = 'safety' } = definition
  type State = Trial<Rules>
  const follow = ({ ledger }: State, event: FallbackEvent): void => void ledger.take(event)
  const request = (state: State, event: RequestSent, judge: Judge): void => {
    const { line, call } = state.ledger.take(event)
    if (call) definition.asked?.(state, line, call, judge)
  }
  const ended = (state: State, event: ResponseEnd | RequestFailed | RequestAborted, judge: Judge): void => {
    const { line, call } = state.ledger.take(event)
    if (call) definition.answered?.(state, line, call, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind },
    start: (facts) => {
      const ledger = fallbackLedgerOf(facts)
      const rules = ledger && definition.begin(facts, ledger)
      return rules === null || ledger === null ? null : { ledger, rules }
    },
    on: {
      ...definition.also,
      'task.started': follow,
      'task.threw': follow,
      'task.cancelled': (state, event, judge) => {
        const { line } = state.ledger.take(event)
        definition.cancelled?.(state, line, event, judge)
      },
      'task.ended': (state, event, judge) => {
        const { line } = state.ledger.take(event)
        definition.concluded?.(state, line, event, judge)
      },
      'request.sent': request,
      'response.end': ended,
      'request.failed': ended,
      'request.aborted': ended,
    },
  })
}
