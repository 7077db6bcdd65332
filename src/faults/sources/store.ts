import type { FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { familyOf } from './striking.ts'

/** What can go wrong between the agent and a store. */
export interface StoreFaults {
  readonly all: () => FaultSource[]
}

/** Faults of one store, or of all (`*`): of its file where it is one, of the connection where it is a service. */
export function store(name = '*'): StoreFaults {
  const target: FaultTarget = { kind: 'store', name }
  return { all: () => [familyOf('stores', target), familyOf('transport', target), familyOf('latency', target)] }
}
