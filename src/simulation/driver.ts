import { realClock } from './real-clock.ts'
import type { World } from './world.ts'

/** Limits that end a trial which would otherwise run for ever. */
export interface DriveLimits {
  /** Virtual milliseconds after which the world expires. */
  readonly virtualMs: number
  /** Timers fired in one trial before the world expires: an agent may loop without time passing much. */
  readonly timersFired: number
}

export interface DriveOptions {
  readonly limits: DriveLimits
  /** Called at each turn of the real event loop; the watchdog's heartbeat. */
  readonly onTurn: () => void
  /** Real milliseconds an operation outside JavaScript may take before the world counts as stalled. */
  readonly realWaitMs: number
}

/**
 * Advances a world's time until its work is done or cannot go on.
 *
 * Each step takes one turn of the real event loop, so that everything already caused happens first; time moves only
 * when nothing is in flight. A world with nothing in flight, no timer and unfinished work is stalled.
 */
export function drive(world: World, isDone: () => boolean, options: DriveOptions): Promise<void> {
  return new Promise((resolve) => {
    let quietTurns = 0
    let timersFired = 0
    let waitingSinceMs: number | undefined

    function turn(): void {
      options.onTurn()
      if (isDone() || world.interruption !== undefined) return resolve()
      if (world.inFlight > 0) waitForRealWork()
      else advance()
    }

    function advance(): void {
      waitingSinceMs = undefined
      const dueMs = world.clock.nextDueMs
      if (dueMs === undefined) {
        // A second quiet turn, because the first may have been entered in the middle of a callback.
        if (quietTurns++ > 0) world.interrupt({ how: 'stalled', detail: 'nothing in flight and no timer set' })
      } else if (dueMs > options.limits.virtualMs) {
        world.interrupt({ how: 'expired', detail: `virtual time ran beyond ${options.limits.virtualMs} ms` })
      } else if (++timersFired > options.limits.timersFired) {
        world.interrupt({ how: 'expired', detail: `more than ${options.limits.timersFired} timers fired` })
      } else {
        quietTurns = 0
        fireNext()
      }
      realClock.setImmediate(turn)
    }

    function fireNext(): void {
      try {
        world.clock.fireNext()
      } catch (thrown) {
        world.interrupt({ how: 'crashed', detail: `uncaught ${String(thrown)}` })
      }
    }

    function waitForRealWork(): void {
      quietTurns = 0
      waitingSinceMs ??= realClock.monotonicMs()
      const waitedMs = realClock.monotonicMs() - waitingSinceMs
      if (waitedMs > options.realWaitMs) {
        world.interrupt({ how: 'stalled', detail: 'an operation outside the world never ended' })
      }
      // Spin at first, for most operations take microseconds; then leave the processor to them.
      if (waitedMs < 2) realClock.setImmediate(turn)
      else realClock.setTimeout(turn, 1)
    }

    realClock.setImmediate(turn)
  })
}
