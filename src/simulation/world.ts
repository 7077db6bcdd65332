import { AsyncLocalStorage } from 'node:async_hooks'
import { Life } from './life.ts'
import type { Network } from './network.ts'
import { nowhere } from './nowhere.ts'
import { RandomStream } from './random-stream.ts'
import type { Stores } from './stores.ts'
import { VirtualClock } from './virtual-clock.ts'

/** How a world came to its end before its tasks did. */
export type Interruption = { readonly how: 'exited' | 'crashed' | 'stalled' | 'expired'; readonly detail: string }

/**
 * One trial's surroundings: virtual clock, seeded randomness, network.
 *
 * It knows nothing of models or tools. Code runs in it by async context, so that the timers of whoever drives it and
 * the leftovers of an earlier trial never reach it.
 */
export class World {
  readonly clock = new VirtualClock()
  readonly random: RandomStream
  readonly network: Network
  /** The files of the scenario's stores; absent where it declares none. */
  stores: Stores | undefined
  /** Called with whatever ran on real time or real randomness. */
  onOutside: (what: string) => void
  /** Operations under way outside JavaScript: time stands still until they are done. */
  inFlight = 0
  /** Whether code of the world has made message ports, whose messages arrive only as the event loop polls. */
  hasPorts = false
  /** A closed world takes no timer and no request: what outlives its trial reaches nothing. */
  isClosed = false
  interruption: Interruption | undefined
  /** The life of the agent's process in which code runs now. */
  life = new Life<World>()
  readonly #closings = new Set<() => void>()

  constructor(seed: string, network: Network, onOutside: (what: string) => void) {
    this.random = new RandomStream(seed)
    this.network = network
    this.onOutside = onOutside
  }

  /** Ends the world early; the first reason counts. */
  interrupt(interruption: Interruption): void {
    this.interruption ??= interruption
  }

  /** The process of the agent ends itself, and with it the trial: none of its code gets any further. */
  exit(detail: string): void {
    this.interrupt({ how: 'exited', detail })
    this.endLife()
  }

  close(): void {
    this.isClosed = true
    this.life.end()
    this.clock.stop()
    this.stores?.close()
    for (const closing of this.#closings) closing()
    this.#closings.clear()
    // What an agent leaves behind may keep its world: then nothing else with it.
    this.onOutside = () => {}
  }

  /**
   * Calls back at the end of the world, for whoever outlives it and must let go of it.
   *
   * @returns what calls it off
   */
  whenClosed(closing: () => void): () => void {
    this.#closings.add(closing)
    return () => this.#closings.delete(closing)
  }

  /**
   * Kills the process of the agent: its timers are gone, and what its code still does reaches nothing.
   *
   * Code that runs at that moment goes on until it waits for something of the world. The timers of the world itself,
   * which nobody set on behalf of the process, stay. What runs next runs in another life.
   */
  endLife(): void {
    const elsewhere = new World('dead', nowhere, () => {})
    elsewhere.close()
    elsewhere.stores = this.stores
    this.life.end(elsewhere)
    this.stores?.cut()
    this.clock.cancelAll((timer) => timer.runInAsyncScope(currentContext)?.world === elsewhere)
    this.life = new Life<World>()
  }
}

/** Where in which world the running code is. */
export interface WorldContext {
  readonly world: World
  /** Index of the task in the workload, −1 outside any task. */
  readonly task: number
}

const contexts = new AsyncLocalStorage<WorldContext>()

/** The world the calling code runs in; undefined outside any. */
export function currentContext(): WorldContext | undefined {
  return contexts.getStore()
}

/** Runs a function in a world, on behalf of one task. */
export function runInWorld<Result>(world: World, task: number, run: () => Result): Result {
  return contexts.run(world.life.adopt({ world, task }), run)
}
