import { describeThrown } from '../contract/describe-thrown.ts'
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

/** Steps taken in one turn of the event loop: Node drains microtasks and ticks between two immediates as between turns. */
const stepsPerTurn = 8

/**
 * Advances a world's time until its work is done or cannot go on.
 *
 * Each step comes after everything already caused has happened; time moves only when nothing is in flight. A world with
 * nothing in flight, no timer and unfinished work is stalled.
 */
export function drive(world: World, isDone: () => boolean, options: DriveOptions): Promise<void> {
  return new Promise((resolve) => new Driver(world, isDone, options, resolve).takeTurn())
}

class Driver {
  readonly #world: World
  readonly #isDone: () => boolean
  readonly #options: DriveOptions
  readonly #finish: () => void
  #stepsAhead = 0
  #isOver = false
  #quietTurns = 0
  #timersFired = 0
  #waitingSinceMs: number | undefined

  constructor(world: World, isDone: () => boolean, options: DriveOptions, finish: () => void) {
    this.#world = world
    this.#isDone = isDone
    this.#options = options
    this.#finish = finish
  }

  /** Queues the steps of the next turn of the real event loop. */
  takeTurn(): void {
    // What comes through a message port arrives only as the loop polls, so then each step waits for that.
    const steps = this.#world.hasPorts ? 1 : stepsPerTurn
    this.#stepsAhead = steps
    for (let step = 0; step < steps; step++) realClock.setImmediate(this.#step)
  }

  readonly #step = (): void => {
    if (this.#isOver) return
    this.#stepsAhead--
    if (this.#stepsAhead === 0) this.#options.onTurn()
    if (this.#isDone() || this.#world.interruption !== undefined) {
      this.#isOver = true
      this.#finish()
    } else if (this.#world.inFlight > 0) this.#wait()
    else this.#advance()
  }

  #advance(): void {
    this.#waitingSinceMs = undefined
    const { clock } = this.#world
    const { virtualMs, timersFired } = this.#options.limits
    const dueMs = clock.nextDueMs
    if (dueMs === undefined) this.#rest()
    else if (dueMs > virtualMs) this.#expire(`virtual time ran beyond ${virtualMs} ms`)
    else if (++this.#timersFired > timersFired) this.#expire(`more than ${timersFired} timers fired`)
    else this.#fireNext()
    if (this.#stepsAhead === 0) this.takeTurn()
  }

  /** A second quiet turn of the loop decides, because the first may have been entered in the middle of a callback. */
  #rest(): void {
    if (this.#stepsAhead > 0) return
    if (this.#quietTurns++ > 0) {
      this.#world.interrupt({ how: 'stalled', detail: 'nothing in flight and no timer set' })
    }
  }

  #expire(detail: string): void {
    this.#world.interrupt({ how: 'expired', detail })
  }

  #fireNext(): void {
    this.#quietTurns = 0
    try {
      this.#world.clock.fireNext()
    } catch (thrown) {
      this.#world.interrupt({ how: 'crashed', detail: `uncaught ${describeThrown(thrown)}` })
    }
  }

  /** Waits for work outside JavaScript; it cannot end before the loop has turned. */
  #wait(): void {
    this.#quietTurns = 0
    if (this.#stepsAhead > 0) return
    this.#waitingSinceMs ??= realClock.monotonicMs()
    const waitedMs = realClock.monotonicMs() - this.#waitingSinceMs
    if (waitedMs > this.#options.realWaitMs) {
      this.#world.interrupt({ how: 'stalled', detail: 'an operation outside the world never ended' })
    }
    // Spin at first, for most operations take microseconds; then leave the processor to them.
    if (waitedMs < 2) this.takeTurn()
    else realClock.setTimeout(() => this.takeTurn(), 1)
  }
}
