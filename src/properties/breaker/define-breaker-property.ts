import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { TraceEvent } from '../../contract/event.ts'
import type { Judge, PropertyKind } from '../../contract/property.ts'
import { type DefinedProperty, defineProperty } from '../define-property.ts'
import { type BreakerWatch, watchOf } from './breaker-watch.ts'

/** A property of breakers: the words, and where the declared breaker has the part that it speaks of. */
export interface BreakerPropertyDefinition {
  readonly id: string
  readonly name: string
  readonly kind?: PropertyKind
  readonly statement: string
  /** What has to be declared besides `breaker`, for the reader. */
  readonly where?: string
  /** Whether the part is declared; default: any breaker has it. */
  isDeclared?(breaker: BreakerProfile): boolean
}

type State = { readonly watch: BreakerWatch }

/** Makes a property that says what the shared watch has found out about it. */
export function defineBreakerProperty(definition: BreakerPropertyDefinition): DefinedProperty {
  const { id, name, statement, kind = 'safety', where } = definition
  const step = ({ watch }: State, event: TraceEvent, judge: Judge): void => {
    for (const { property, witness } of watch.take(event)) {
      if (property !== id) continue
      if (witness) judge.violate(witness)
      else judge.trigger()
    }
  }
  return defineProperty<State>({
    ...{ id, name, kind, statement },
    applies: `where the profile declares \`breaker\`${where === undefined ? '' : ` with ${where}`}.`,
    start: (facts) => {
      const { breaker } = facts.profile
      if (!breaker || definition.isDeclared?.(breaker) === false) return null
      return { watch: watchOf(facts, breaker) }
    },
    on: {
      ...{ 'task.started': step, 'task.cancelled': step, 'task.ended': step, 'task.threw': step },
      ...{ 'request.sent': step, 'response.head': step, 'response.end': step },
      ...{ 'request.failed': step, 'request.aborted': step, 'world.healed': step },
    },
  })
}
