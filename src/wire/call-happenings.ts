import type { World } from '../simulation/world.ts'
import type { AgentProcess, CallPoint, Happening } from './happening.ts'
import type { Interference, UpstreamCall } from './interference.ts'

/** Where the happenings of a call happen; without a process, as behind the proxy, none does. */
export interface HappeningScope {
  readonly world: World
  readonly process?: AgentProcess
}

/** What the faults that strike one call do to the agent's process: waits for the points of the call, then lets it happen. */
export class CallHappenings {
  readonly #scope: HappeningScope
  readonly #call: UpstreamCall
  readonly #onStrike: (interference: Interference) => void
  readonly #planned: Interference[] = []

  /** @param onStrike called with each that took hold, at that very moment */
  constructor(scope: HappeningScope, call: UpstreamCall, onStrike: (interference: Interference) => void) {
    this.#scope = scope
    this.#call = call
    this.#onStrike = onStrike
  }

  plan(interference: Interference): void {
    this.#planned.push(interference)
  }

  /** The call has come to a point. */
  reached(point: CallPoint): void {
    for (const interference of this.#planned) {
      const { happening } = interference
      if (happening?.at === point) this.#wait(interference, happening)
    }
  }

  /** Set on behalf of the agent, so that what waits is gone where its process is killed first. */
  #wait(interference: Interference, happening: Happening): void {
    const { life, clock } = this.#scope.world
    const happen = (): void => {
      const { process } = this.#scope
      if (life.isOver || process === undefined) return
      happening.happen(process, this.#call.task, () => this.#onStrike(interference))
    }
    const begin = (): void => afterMicrotasks(happening.afterMicrotasks, happen)
    if (happening.afterMs === 0) begin()
    else clock.setExactTimer(begin, happening.afterMs).unref()
  }
}

function afterMicrotasks(count: number, run: () => void): void {
  if (count === 0) run()
  else void Promise.resolve().then(() => afterMicrotasks(count - 1, run))
}
