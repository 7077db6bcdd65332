import type { FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { historyFailureMembers } from '../families/history-failures.ts'
import { memoryFailureMembers } from '../families/memory-failures.ts'
import { local } from './local.ts'
import { strikingOf } from './striking.ts'

/** What can go wrong with what the agent remembers, where a function of kind `store` gives it back. */
export interface MemoryFaults {
  readonly all: () => FaultSource[]
  /** Messages that are missing, doubled or in another order. */
  readonly history: () => FaultSource
  /** A memory that is poisoned, stale or unavailable, a token counter that counts too few, a cache that has forgotten. */
  readonly recall: () => FaultSource
}

/**
 * Faults of the functions that keep what the agent remembers: history, memory, token counter, cache. `name` aims at one
 * that was made open to faults with `faultable`, `*` at all; a fault strikes only a value that it is about.
 */
export function memory(name: string): MemoryFaults {
  const target: FaultTarget = { kind: 'store', name }
  const history = () => strikingOf('memory failures', historyFailureMembers, target)
  const recall = () => strikingOf('memory failures', memoryFailureMembers, target)
  return { history, recall, all: () => [history(), recall(), ...local({ kind: 'store', name }).all()] }
}
