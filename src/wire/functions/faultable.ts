import type { JsonObject } from '../../contract/json.ts'
import type { LocalCall, LocalEffect } from '../../simulation/network.ts'
import { currentContext } from '../../simulation/world.ts'
import { type LocalFunction, checkedFunction } from './local-function.ts'

type AnyFunction = (...args: never[]) => unknown

/** What a function is to the agent, and what the trace tells of its calls. */
export interface FunctionSeam<Fn extends AnyFunction> extends LocalFunction {
  /** The arguments of a tool by their names, as approvals and policies know them; absent: its first argument, if that is an object. */
  readonly arguments?: (...args: Parameters<Fn>) => JsonObject
  /**
   * What a call that succeeded has changed in the world, or null for nothing. Two effects with one key are a duplicate:
   * that is how at-most-once is judged.
   */
  readonly effect?: (args: Parameters<Fn>, result: Awaited<ReturnType<Fn>>) => LocalEffect | null
}

/** A function that gives no promise has to say whether its callers await it all the same. */
type Waiting<Fn extends AnyFunction> = [Extract<ReturnType<Fn>, PromiseLike<unknown>>] extends [never]
  ? { readonly synchronous: boolean }
  : unknown

/**
 * Makes a function of the agent's own process open to faults: a tool, a history store, a token counter, a policy.
 *
 * In a trial each call is recorded, and may throw, hang, come late or give back something else, as the fault plan says.
 * Where no fault strikes, the caller gets the function's own value, not a copy. Outside a trial it is the function. A
 * promise is followed where it is a native one; a call that carries an `AbortSignal`, as an argument or as a field of
 * one, is given up with it.
 *
 * @throws {ShakedownError} of kind `usage` for a kind or name that is none
 * @example
 * const refund = faultable({ kind: 'tool', name: 'issue_refund' }, async ({ orderId }: Order) => bank.refund(orderId))
 */
export function faultable<Fn extends AnyFunction>(seam: FunctionSeam<Fn> & Waiting<Fn>, fn: Fn): Fn {
  const { kind, name, synchronous } = checkedFunction(seam)
  return new Proxy(fn, {
    apply(target, thisArgument, args: Parameters<Fn>): unknown {
      const network = currentContext()?.world.network
      const invoke = (given: readonly unknown[]): unknown => Reflect.apply(target, thisArgument, given)
      if (network === undefined) return invoke(args)
      return network.callLocally({ kind, name, synchronous, arguments: args, invoke, ...telling(seam, args) })
    },
  })
}

/** What the author says of the function, for one call of it. */
function telling<Fn extends AnyFunction>(
  { arguments: named, effect }: FunctionSeam<Fn>,
  args: Parameters<Fn>,
): Pick<LocalCall, 'toolArguments' | 'effect'> {
  return {
    ...(named && { toolArguments: () => named(...args) }),
    // What the function was called with and gave back is what its type says: nothing else calls it.
    ...(effect && { effect: (given, value) => effect(given as Parameters<Fn>, value as Awaited<ReturnType<Fn>>) }),
  }
}
