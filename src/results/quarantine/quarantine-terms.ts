import { isDeepStrictEqual } from 'node:util'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { RepeatGate } from '../../objectives/repeat-gate-schema.ts'
import type { Quarantine, QuarantineResult } from './quarantine-schema.ts'

/** What is in quarantine on the day of a run. */
export interface QuarantineTerms {
  /** Ids of tasks that gates are judged without. */
  readonly tasks: readonly string[]
  readonly gates: readonly (Objective | RepeatGate)[]
  /** Whether the whole scenario is. */
  readonly scenario: boolean
}

/** Nothing is in quarantine. */
export const noQuarantine: QuarantineTerms = { tasks: [], gates: [], scenario: false }

/** What quarantines come to on a day; the last day of each still counts. */
export function quarantineOn(today: string, quarantines: readonly Quarantine[]): QuarantineTerms {
  return termsOf(quarantines.filter(({ expires }) => expires >= today))
}

/** The same of a result, as its run found it. */
export function quarantineFound(quarantines: readonly QuarantineResult[]): QuarantineTerms {
  return termsOf(quarantines.filter(({ state }) => state !== 'expired'))
}

function termsOf(inForce: readonly Pick<Quarantine, 'task' | 'gate' | 'scenario'>[]): QuarantineTerms {
  return {
    tasks: inForce.flatMap(({ task }) => task ?? []),
    gates: inForce.flatMap(({ gate }) => gate ?? []),
    scenario: inForce.some(({ scenario }) => scenario === true),
  }
}

/** Whether a gate is among some: what it asks for is all that it is. */
export function isGateAmong(gate: Objective | RepeatGate, gates: readonly (Objective | RepeatGate)[]): boolean {
  return gates.some((each) => isDeepStrictEqual(each, gate))
}
