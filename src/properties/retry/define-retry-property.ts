import type { RequestAborted, RequestFailed, ResponseEnd } from '../../contract/event.ts'
import type { Judge, PropertyFacts } from '../../contract/property.ts'
import type { DefinedProperty } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { Attempt } from './attempt-ledger.ts'
import { type AttemptLedger, ledgerOf } from './attempt-ledger.ts'

/** A property of retries, in terms of attempts instead of events. */
export interface RetryPropertyDefinition<Rules> {
  readonly id: string
  readonly name: string
  readonly statement: string
  readonly applies: string
  /** Reads from the profile what the property judges by, with what it keeps of one trial; null: not applicable. */
  begin(facts: PropertyFacts): Rules | null
  /** An attempt begins. */
  sent?(rules: Rules, attempt: Attempt, judge: Judge): void
  /** An attempt has ended, one way or another. */
  ended?(rules: Rules, attempt: Attempt, judge: Judge): void
  /** The trial has ended. */
  end?(rules: Rules, judge: Judge): void
}

/** Feeds the attempts of a trial, with what came before each, to a property of retries. */
export function defineRetryProperty<Rules>(definition: RetryPropertyDefinition<Rules>): DefinedProperty {
  const { id, name, statement, applies } = definition
  type State = { readonly rules: Rules; readonly ledger: AttemptLedger }
  const ended = (state: State, event: ResponseEnd | RequestFailed | RequestAborted, judge: Judge): void => {
    const attempt = state.ledger.take(event)
    if (attempt) definition.ended?.(state.rules, attempt, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind: 'safety' },
    start: (facts) => {
      const rules = definition.begin(facts)
      return rules === null ? null : { rules, ledger: ledgerOf(facts) }
    },
    on: {
      'request.sent': (state, event, judge) => {
        const attempt = state.ledger.take(event)
        if (attempt) definition.sent?.(state.rules, attempt, judge)
      },
      'response.head': (state, event) => void state.ledger.take(event),
      'response.end': ended,
      'request.failed': ended,
      'request.aborted': ended,
    },
    end: (state, judge) => definition.end?.(state.rules, judge),
  })
}
