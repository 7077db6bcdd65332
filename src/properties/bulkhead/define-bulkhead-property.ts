import type {
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  TaskEnded,
  TaskThrew,
  TrialEnded,
} from '../../contract/event.ts'
import type { Judge, PropertyFacts, PropertyKind } from '../../contract/property.ts'
import type { DefinedProperty, Handlers } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { Pooled, PoolLedger } from './pool-ledger.ts'
import { poolLedgerOf } from './pool-ledger.ts'

/** What a property of bulkheads judges by. */
export interface Pooling<Rules> {
  readonly ledger: PoolLedger
  readonly rules: Rules
}

type CallEnd = ResponseEnd | RequestFailed | RequestAborted

/** A property of bulkheads, in terms of pools and the calls that were due instead of events. */
export interface BulkheadPropertyDefinition<Rules> {
  readonly id: string
  readonly name: string
  readonly kind?: PropertyKind
  readonly statement: string
  readonly applies: string
  /** What the property keeps of one trial, where bulkheads are declared; null: not applicable. */
  begin(facts: PropertyFacts): Rules | null
  /** A call has been sent; its pool counts it already. */
  sent?(pooling: Pooling<Rules>, pooled: Pooled, event: RequestSent, judge: Judge): void
  ended?(pooling: Pooling<Rules>, pooled: Pooled, event: CallEnd, judge: Judge): void
  taskEnded?(pooling: Pooling<Rules>, pooled: Pooled, event: TaskEnded | TaskThrew, judge: Judge): void
  trialEnded?(pooling: Pooling<Rules>, event: TrialEnded, judge: Judge): void
  /** Handlers of events that the ledger does not follow. */
  readonly also?: Pick<Handlers<Pooling<Rules>>, 'fault.injected' | 'world.healed'>
}

/** Feeds the pools of a trial, with the calls that were due, to a property of bulkheads. */
export function defineBulkheadProperty<Rules>(definition: BulkheadPropertyDefinition<Rules>): DefinedProperty {
  const { id, name, statement, applies, kind = 'safety' } = definition
  type State = Pooling<Rules>
  const sent = (state: State, event: RequestSent, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest) definition.sent?.(state, latest, event, judge)
  }
  const ended = (state: State, event: CallEnd, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest) definition.ended?.(state, latest, event, judge)
  }
  const taskEnded = (state: State, event: TaskEnded | TaskThrew, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest) definition.taskEnded?.(state, latest, event, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind },
    start: (facts) => {
      const ledger = poolLedgerOf(facts)
      const rules = ledger && definition.begin(facts)
      return ledger === null || rules === null ? null : { ledger, rules }
    },
    on: {
      ...definition.also,
      ...(definition.sent && { 'request.sent': sent }),
      ...(definition.ended && { 'response.end': ended, 'request.failed': ended, 'request.aborted': ended }),
      ...(definition.taskEnded && { 'task.ended': taskEnded, 'task.threw': taskEnded }),
      ...(definition.trialEnded && {
        'trial.ended': (state, event, judge) => definition.trialEnded?.(state, event, judge),
      }),
    },
  })
}
