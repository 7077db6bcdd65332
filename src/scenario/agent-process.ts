import { AsyncResource } from 'node:async_hooks'
import type { Agent, AgentFactory } from '../contract/task.ts'
import { Lateness } from '../simulation/lateness.ts'
import { type World, runInWorld } from '../simulation/world.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { AgentProcess } from '../wire/happening.ts'

/** What the process of an agent runs in. */
export interface ProcessScope {
  readonly world: World
  readonly recorder: Recorder
  readonly factory: AgentFactory
  /** Virtual milliseconds from which nothing happens to the process any more. */
  readonly healAtMs: number
  /** Cuts every connection of the process; returns the calls that were under way. */
  readonly cut: () => readonly number[]
}

/** A process that is killed again and again gets nothing done, and nobody is to blame for that. */
const mostKills = 3

/** A task that the process is at. */
interface RunningTask {
  readonly abort: (strike: () => void) => void
  readonly onKilled: () => void
}

/** Made in place of a result where the process was killed before there was one. */
export const killed = Symbol('killed')

/** The process in which the agent lives, with all that can happen to it: it may have several lives in one trial. */
export class TrialProcess implements AgentProcess {
  readonly #scope: ProcessScope
  /** The context of whoever runs the trial, in which the world does what no agent asked for. */
  readonly #outside = new AsyncResource('AgentProcess', { requireManualDestroy: true })
  readonly #running = new Map<number, RunningTask>()
  #isUp = false
  #kills = 0
  #agent: Promise<Agent> | undefined

  constructor(scope: ProcessScope) {
    this.#scope = scope
  }

  /** The agent of this life, once it is there. */
  get agent(): Promise<Agent> {
    return (this.#agent ??= this.#make())
  }

  /**
   * Has the process do a task; comes to {@link killed} where that is what becomes of it.
   *
   * @param abort aborts the task, where it can be, and says so before it does
   */
  do<Result>(task: number, abort: RunningTask['abort'], run: () => Promise<Result>): Promise<Result | typeof killed> {
    return new Promise((resolve, reject) => {
      this.#running.set(task, { abort, onKilled: () => resolve(killed) })
      const { life } = this.#scope.world
      const isOver = (): void => {
        if (!life.isOver) this.#running.delete(task)
      }
      runInWorld(this.#scope.world, task, run).then((result) => (isOver(), resolve(result)), reject)
    })
  }

  jumpClock(byMs: number, strike: () => void): void {
    if (!this.#canBeStruck()) return
    const { world, recorder } = this.#scope
    strike()
    const offsetMs = world.clock.jumpWall(byMs)
    recorder.record({ type: 'clock.jumped', at: world.clock.nowMs, byMs, offsetMs })
  }

  delayTimers(spanMs: number, forMs: number, strike: () => void): void {
    if (!this.#canBeStruck()) return
    const { world, recorder, healAtMs } = this.#scope
    const untilMs = Math.min(world.clock.nowMs + forMs, healAtMs)
    let hasStruck = false
    const onLate = (): void => {
      if (hasStruck || world.isClosed) return
      hasStruck = true
      strike()
      recorder.record({ type: 'timers.late', at: world.clock.nowMs, spanMs, untilMs })
    }
    world.clock.fireLate(new Lateness(spanMs, untilMs, onLate))
  }

  block(forMs: number, strike: () => void): void {
    if (!this.#canBeStruck()) return
    const { world, recorder } = this.#scope
    strike()
    recorder.record({ type: 'process.blocked', at: world.clock.nowMs, forMs })
    world.clock.pass(forMs)
  }

  abortTask(task: number, strike: () => void): void {
    if (this.#canBeStruck()) this.#running.get(task)?.abort(strike)
  }

  kill(downMs: number, strike: () => void): void {
    if (!this.#canBeStruck() || this.#kills === mostKills) return
    this.#kills++
    const { world, recorder, cut } = this.#scope
    const tasks = [...this.#running]
    this.#running.clear()
    this.#isUp = false
    const calls = cut()
    world.endLife()
    recorder.record({ type: 'process.killed', at: world.clock.nowMs, tasks: tasks.map(([task]) => task), calls })
    strike()
    this.#agent = new Promise((resolve) => {
      this.#outside.runInAsyncScope(() => {
        world.clock.setExactTimer(() => resolve(this.#restart()), downMs).unref()
      })
    })
    for (const [, { onKilled }] of tasks) onKilled()
  }

  #restart(): Promise<Agent> {
    const { world, recorder } = this.#scope
    recorder.record({ type: 'process.restarted', at: world.clock.nowMs })
    return this.#make()
  }

  #make(): Promise<Agent> {
    this.#isUp = true
    return runInWorld(this.#scope.world, -1, async () => this.#scope.factory())
  }

  #canBeStruck(): boolean {
    const { world, healAtMs } = this.#scope
    return this.#isUp && !world.isClosed && world.interruption === undefined && world.clock.nowMs < healAtMs
  }
}
