import { usageError } from '../../contract/errors.ts'
import type { LocalCall } from '../../simulation/network.ts'
import type { World } from '../../simulation/world.ts'
import type { Exchanges } from '../exchange.ts'
import type { Upstream } from '../upstream.ts'
import { FunctionCall } from './function-call.ts'
import { localFunction } from './local-function.ts'
import { localRequest, localView } from './local-request.ts'

/** The calls of functions in the agent's own process, in one trial. */
export class FunctionCalls {
  readonly #listed: readonly Upstream[]
  readonly #world: World
  readonly #exchanges: Exchanges
  /** The functions that were called, by name, whether the scenario lists them or not. */
  readonly #called = new Map<string, Upstream>()

  constructor(listed: readonly Upstream[], world: World, exchanges: Exchanges) {
    this.#listed = listed
    this.#world = world
    this.#exchanges = exchanges
  }

  /** Makes one call; what outlives its trial gets no answer any more. */
  call(local: LocalCall, task: number): unknown {
    if (this.#world.isClosed) return local.synchronous ? local.invoke(local.arguments) : new Promise(() => {})
    const open = this.#exchanges.open(this.#upstreamOf(local), localRequest(local), task, this.#viewOf(local))
    return new FunctionCall(local, open, { world: this.#world, exchanges: this.#exchanges }).run()
  }

  #viewOf(local: LocalCall): ReturnType<typeof localView> {
    try {
      return localView(local)
    } catch (thrown) {
      throw this.#exchanges.reportDefect(`what names the arguments of the function "${local.name}"`, thrown)
    }
  }

  #upstreamOf({ kind, name, synchronous }: LocalCall): Upstream {
    const seam = synchronous ? 'synchronous function' : 'function'
    const known = this.#called.get(name) ?? this.#listed.find((upstream) => upstream.name === name)
    if (known === undefined || (known.kind === kind && known.seam === seam)) {
      const upstream = known ?? localFunction({ kind: kindOf(kind), name, synchronous })
      this.#called.set(name, upstream)
      return upstream
    }
    const other = `${known.kind} reached at the seam "${known.seam ?? 'http'}"`
    const error = usageError(
      'FUNCTION_NAME',
      `the ${kind} "${name}" is a ${seam}, and the scenario has a ${other} of the same name; give each a name of its own, or list it as it is made open to faults.`,
    )
    throw this.#exchanges.reportDefect(`the function "${name}"`, error)
  }
}

/** Functions are checked as they are wrapped: none is a model. */
function kindOf(kind: LocalCall['kind']): Exclude<LocalCall['kind'], 'model'> {
  return kind === 'model' ? 'other' : kind
}
