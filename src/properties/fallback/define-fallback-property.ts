import type { TaskCancelled, TaskEnded } from '../../contract/event.ts'
import type { Judge, PropertyFacts, PropertyKind } from '../../contract/property.ts'
import type { DefinedProperty, Handlers } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import type { FallbackLedger } from './fallback-ledger.ts'
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
  /** Whether it goes on when the agent's process is killed: a cache may outlive it. */
  readonly outlivesProcess?: true
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
  const { id, name, statement, applies, kind = 'safety', outlivesProcess } = definition
  type State = Trial<Rules>
  const asked = (state: State, _: unknown, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest?.call) definition.asked?.(state, latest.line, latest.call, judge)
  }
  const answered = (state: State, _: unknown, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest?.call) definition.answered?.(state, latest.line, latest.call, judge)
  }
  const cancelled = (state: State, event: TaskCancelled, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest) definition.cancelled?.(state, latest.line, event, judge)
  }
  const concluded = (state: State, event: TaskEnded, judge: Judge): void => {
    const { latest } = state.ledger
    if (latest) definition.concluded?.(state, latest.line, event, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, applies, kind },
    ...(outlivesProcess && { outlivesProcess }),
    start: (facts) => {
      const ledger = fallbackLedgerOf(facts)
      const rules = ledger && definition.begin(facts, ledger)
      return rules === null || ledger === null ? null : { ledger, rules }
    },
    on: {
      ...definition.also,
      ...(definition.cancelled && { 'task.cancelled': cancelled }),
      ...(definition.concluded && { 'task.ended': concluded }),
      ...(definition.asked && { 'request.sent': asked }),
      ...(definition.answered && {
        'response.end': answered,
        'request.failed': answered,
        'request.aborted': answered,
      }),
    },
  })
}
