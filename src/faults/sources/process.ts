import type { FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { anyModelOrTool, happeningsOf } from './happenings.ts'

/** What can happen to the process of an agent. */
export interface ProcessFaults {
  readonly all: () => FaultSource[]
  /** The process is killed and started again. */
  readonly kills: () => FaultSource
  /** The event loop is blocked. */
  readonly blocks: () => FaultSource
  /** The task is aborted, at any await. */
  readonly aborts: () => FaultSource
}

/** Faults of the agent's process, set off by calls of the targets: of any model and any tool unless named. */
export function process(...targets: readonly FaultTarget[]): ProcessFaults {
  const around = targets.length === 0 ? anyModelOrTool : targets
  const kills = () => happeningsOf('process', ['process.kill'], around)
  const blocks = () => happeningsOf('process', ['process.block'], around)
  const aborts = () => happeningsOf('process', ['task.abort'], around)
  return { kills, blocks, aborts, all: () => [kills(), blocks(), aborts()] }
}
