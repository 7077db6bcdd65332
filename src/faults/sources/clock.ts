import type { FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { anyModelOrTool, happeningsOf } from './happenings.ts'

/** What clocks and timers can do to an agent. */
export interface ClockFaults {
  readonly all: () => FaultSource[]
  /** The wall clock is set forward or back. */
  readonly jumps: () => FaultSource
  /** Timers fire late. */
  readonly lateTimers: () => FaultSource
}

/** Faults of the agent's clock and timers, set off by calls of the targets: of any model and any tool unless named. */
export function clock(...targets: readonly FaultTarget[]): ClockFaults {
  const around = targets.length === 0 ? anyModelOrTool : targets
  const jumps = () => happeningsOf('clock', ['clock.jump_forward', 'clock.jump_back'], around)
  const lateTimers = () => happeningsOf('clock', ['clock.late_timers'], around)
  return { jumps, lateTimers, all: () => [jumps(), lateTimers()] }
}
