import { interruptionOf } from '../../errors/interruption.ts'
import { StoreError } from '../store-error.ts'
import { sleep } from '../../resilience/sleep.ts'

/**
 * Tries again after each of the waits while somebody else holds the lock; anything else is told at once.
 *
 * @param work has done nothing where it throws
 * @throws what the work throws, or the interruption of a signal that is aborted
 */
export async function unlessBusy<Result>(
  waitsMs: readonly number[],
  signal: AbortSignal,
  work: () => Result,
): Promise<Result> {
  for (let tries = 0; ; tries++) {
    if (signal.aborted) throw interruptionOf(signal)
    try {
      return work()
    } catch (error) {
      const waitMs = waitsMs[tries]
      if (!(error instanceof StoreError) || error.kind !== 'busy' || waitMs === undefined) throw error
      await sleep(waitMs, signal)
    }
  }
}
