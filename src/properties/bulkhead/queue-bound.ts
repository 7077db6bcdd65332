import type { Pool } from './pool.ts'
import type { PoolLedger } from './pool-ledger.ts'

/** How many tasks can have been waiting for a model pool when one was refused. */
export interface QueueBound {
  readonly waiting: number
  /** The same with those that were cancelled before, perhaps while they waited. */
  readonly withGone: number
}

/**
 * The most tasks that can have been waiting at an instant: all but the refused one and those that hold the slots.
 *
 * It counts on a full pool, whose slots as many tasks hold, since a task asks one model at a time.
 */
export function queueBound({ crowd }: PoolLedger, { rule }: Pool, at: number): QueueBound {
  const waiting = Math.max(0, crowd.runningAt(at) - 1 - rule.maxConcurrent)
  return { waiting, withGone: waiting + crowd.goneBefore(at) }
}
