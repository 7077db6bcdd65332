import type { LocalFunction } from '../../wire/functions/local-function.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { familyOf } from './striking.ts'

/** What can go wrong at a function of the agent's own process, whatever it is for. */
export interface LocalFaults {
  readonly all: () => FaultSource[]
  /** It throws, rejects, hangs or comes too late. */
  readonly failures: () => FaultSource
  readonly slowness: () => FaultSource
}

/** Faults of one function that was made open to them with `faultable`; a tool has more, under `faults.tool`. */
export function local({ kind, name }: Pick<LocalFunction, 'kind' | 'name'>): LocalFaults {
  const failures = () => familyOf('function failures', { kind, name })
  const slowness = () => familyOf('latency', { kind, name })
  return { failures, slowness, all: () => [failures(), slowness()] }
}
