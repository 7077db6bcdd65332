import { shareOf } from './indicators/judge-indicator.ts'
import type { Objective } from './objective-schema.ts'
import { isSequential } from './until.ts'

/** An objective on a share, as a level that the share of good events shall reach. */
export interface ShareLevel {
  /** 0 to 1. */
  readonly level: number
  /** Whether the bad events are counted, so that the good ones are the rest. */
  readonly countsBad: boolean
}

/** The level that an objective sets for a share; null for a mean and for drift. */
export function shareLevel(objective: Objective): ShareLevel | null {
  if (!isSequential(objective)) return null
  if ('atLeast' in objective) return { level: objective.atLeast, countsBad: false }
  if ('atMost' in objective) return { level: withoutTail(1 - objective.atMost), countsBad: true }
  return { level: 'percent' in objective ? shareOf(objective.percent) : 0.99, countsBad: false }
}

/** 1 − 0.1 as 0.9, without the tail of a binary fraction. */
function withoutTail(share: number): number {
  return Number(share.toPrecision(12))
}
