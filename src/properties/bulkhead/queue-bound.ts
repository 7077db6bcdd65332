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
 * Whoever was cancelled while the process was blocked may be waiting still: its place is cleared when the block is over.
 * It counts on a full pool, whose slots as many tasks hold, since a task asks one model at a time.
 */
export function queueBound(ledger: PoolLedger, { rule }: Pool, at: number): QueueBound {
  const { crowd } = ledger
  const gone = crowd.goneBefore(at)
  const cleared = gone.filter((goneAt) => ledger.actsAt(goneAt) < at).length
  const waiting = Math.max(0, crowd.runningAt(at) + (gone.length - cleared) - 1 - rule.maxConcurrent)
  return { waiting, withGone: waiting + cleared }
}
