import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { Judge, PropertyKind } from '../../contract/property.ts'
import { type DefinedProperty, defineProperty } from '../define-property.ts'
import { type BreakerWatch, breakerWatchOf, watched } from './breaker-watch.ts'

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
  const step = ({ watch }: State, _: unknown, judge: Judge): void => {
    for (const { property, witness } of watch.latest) {
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
      const watch = breakerWatchOf(facts)
      return watch && { watch }
    },
    on: Object.fromEntries(watched.map((type) => [type, step])),
  })
}
