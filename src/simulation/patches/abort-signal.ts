import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Virtual `AbortSignal.timeout`, which otherwise waits on a timer of Node's own. */
export function patchAbortSignal(patches: PatchSet): void {
  const real = AbortSignal.timeout.bind(AbortSignal)
  function timeout(delayMs: number): AbortSignal {
    const world = currentContext()?.world
    if (world === undefined) return real(delayMs)
    if (!(Number(delayMs) >= 0)) return real(delayMs)
    const controller = new AbortController()
    const timer = world.clock.setTimer(() => {
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
    }, delayMs)
    timer.unref()
    return controller.signal
  }
  patches.replace(AbortSignal, 'timeout', resemble(timeout, AbortSignal.timeout))
}
