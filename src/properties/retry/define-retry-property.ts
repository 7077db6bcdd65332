import type { RequestAborted, RequestFailed } from '../../contract/event.ts'
import type { Judge, PropertyFacts } from '../../contract/property.ts'
import type { DefinedProperty } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { Attempt } from './attempt-ledger.ts'
import { AttemptLedger } from './attempt-ledger.ts'

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
  const settle = (attempt: Attempt | null, state: State, judge: Judge) => {
    if (attempt) definition.ended?.(state.rules, attempt, judge)
  }
  const broke = (state: State, event: RequestFailed | RequestAborted, judge: Judge) =>
    settle(state.ledger.broke(event), state, judge)
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind: 'safety' },
    start: (facts) => {
      const rules = definition.begin(facts)
      return rules === null ? null : { rules, ledger: new AttemptLedger() }
    },
    on: {
      'request.sent': (state, event, judge) => {
        const attempt = state.ledger.sent(event)
        definition.sent?.(state.rules, attempt, judge)
      },
      'response.head': (state, event) => state.ledger.head(event),
      'response.end': (state, event, judge) => settle(state.ledger.answered(event), state, judge),
      'request.failed': broke,
      'request.aborted': broke,
    },
    end: (state, judge) => definition.end?.(state.rules, judge),
  })
}
