import type { Judge, PropertyFacts, PropertyKind } from '../../contract/property.ts'
import type { DefinedProperty, Handlers, PropertyDefinition } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { Attempt } from './attempt-ledger.ts'
import { type AttemptLedger, attemptLedgerOf } from './attempt-ledger.ts'

/** What else than attempts a property of retries may want to hear of. */
type Beside =
  | 'process.killed'
  | 'task.started'
  | 'task.cancelled'
  | 'task.ended'
  | 'task.threw'
  | 'world.healed'
  | 'process.blocked'
  | 'timers.late'
  | 'trial.ended'

/** A property of retries, in terms of attempts instead of events. */
export interface RetryPropertyDefinition<Rules> {
  readonly id: string
  readonly name: string
  /** Safety where it is not said. */
  readonly kind?: PropertyKind
  readonly statement: string
  readonly applies: string
  /** Whether it goes on when the agent's process is killed. */
  readonly outlivesProcess?: true
  /** Reads from the profile what the property judges by, with what it keeps of one trial; null: not applicable. */
  begin(facts: PropertyFacts): Rules | null
  /** An attempt begins. */
  sent?(rules: Rules, attempt: Attempt, judge: Judge): void
  /** An attempt has ended, one way or another. */
  ended?(rules: Rules, attempt: Attempt, judge: Judge): void
  readonly on?: Pick<Handlers<Rules>, Beside>
  /** The trial has ended. */
  end?(rules: Rules, judge: Judge): void
  readonly conclude?: PropertyDefinition<Rules>['conclude']
}

interface State<Rules> {
  readonly rules: Rules
  readonly ledger: AttemptLedger
}

/** Feeds the attempts of a trial, with what came before each, to a property of retries. */
export function defineRetryProperty<Rules>(definition: RetryPropertyDefinition<Rules>): DefinedProperty {
  const { id, name, kind = 'safety', statement, applies, conclude, outlivesProcess } = definition
  const sent = ({ rules, ledger: { latest } }: State<Rules>, _: unknown, judge: Judge): void => {
    if (latest) definition.sent?.(rules, latest, judge)
  }
  const ended = ({ rules, ledger: { latest } }: State<Rules>, _: unknown, judge: Judge): void => {
    if (latest) definition.ended?.(rules, latest, judge)
  }
  return defineProperty<State<Rules>>({
    ...{ id, name, kind, statement, applies },
    ...(outlivesProcess && { outlivesProcess }),
    start: (facts) => {
      const rules = definition.begin(facts)
      return rules === null ? null : { rules, ledger: attemptLedgerOf(facts) }
    },
    on: {
      ...handlersBeside(definition.on ?? {}),
      ...(definition.sent && { 'request.sent': sent }),
      ...(definition.ended && { 'response.end': ended, 'request.failed': ended, 'request.aborted': ended }),
    },
    ...(definition.end && { end: (state, judge) => definition.end?.(state.rules, judge) }),
    ...(conclude && { conclude }),
  })
}

/** The other handlers, given what the property keeps in place of the state around it. */
function handlersBeside<Rules>(on: Pick<Handlers<Rules>, Beside>): Pick<Handlers<State<Rules>>, Beside> {
  const { 'task.started': started, 'task.cancelled': cancelled, 'task.ended': ended, 'task.threw': threw } = on
  const { 'world.healed': healed, 'trial.ended': over, 'process.killed': killed } = on
  const { 'process.blocked': blocked, 'timers.late': late } = on
  return {
    ...(killed && { 'process.killed': ({ rules }, event, judge) => killed(rules, event, judge) }),
    ...(blocked && { 'process.blocked': ({ rules }, event, judge) => blocked(rules, event, judge) }),
    ...(late && { 'timers.late': ({ rules }, event, judge) => late(rules, event, judge) }),
    ...(started && { 'task.started': ({ rules }, event, judge) => started(rules, event, judge) }),
    ...(cancelled && { 'task.cancelled': ({ rules }, event, judge) => cancelled(rules, event, judge) }),
    ...(ended && { 'task.ended': ({ rules }, event, judge) => ended(rules, event, judge) }),
    ...(threw && { 'task.threw': ({ rules }, event, judge) => threw(rules, event, judge) }),
    ...(healed && { 'world.healed': ({ rules }, event, judge) => healed(rules, event, judge) }),
    ...(over && { 'trial.ended': ({ rules }, event, judge) => over(rules, event, judge) }),
  }
}
