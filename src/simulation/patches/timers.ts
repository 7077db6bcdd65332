import timers from 'node:timers'
import { promisify } from 'node:util'
import { currentContext } from '../world.ts'
import type { VirtualTimer } from '../virtual-timer.ts'
import { timersPromises } from './timers-promises.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Callback = (...args: unknown[]) => void

/** Virtual `setTimeout`, `setInterval` and their `clear…`, as globals and in `node:timers`. */
export function patchTimers(patches: PatchSet): void {
  const promises = timersPromises()
  const real = { ...timers }
  // Delays go on as they came, because Node warns of some and this must warn of the same.
  const realSetTimeout = real.setTimeout as (callback: Callback, delayMs: unknown, ...args: unknown[]) => unknown
  const realSetInterval = real.setInterval as typeof realSetTimeout

  function setTimeout(callback: Callback, delayMs?: unknown, ...args: unknown[]): unknown {
    const world = currentContext()?.world
    if (world === undefined) return realSetTimeout(callback, delayMs, ...args)
    return world.clock.setTimer(requireFunction(callback), delayMs, args)
  }
  function setInterval(callback: Callback, delayMs?: unknown, ...args: unknown[]): unknown {
    const world = currentContext()?.world
    if (world === undefined) return realSetInterval(callback, delayMs, ...args)
    return world.clock.setTimer(requireFunction(callback), delayMs, args, true)
  }
  const clear = (original: (timer: NodeJS.Timeout | undefined) => void) =>
    function (timer?: unknown): void {
      const virtual = findVirtual(timer)
      if (virtual !== undefined) virtual.close()
      // @ts-expect-error Node accepts anything here, as does this
      else original(timer)
    }

  const replacements = {
    setTimeout: resemble(setTimeout, real.setTimeout),
    setInterval: resemble(setInterval, real.setInterval),
    clearTimeout: resemble(clear(real.clearTimeout), real.clearTimeout),
    clearInterval: resemble(clear(real.clearInterval), real.clearInterval),
  }
  Object.defineProperty(replacements.setTimeout, promisify.custom, {
    value: promises.setTimeout,
    configurable: true,
  })
  for (const [name, replacement] of Object.entries(replacements)) {
    patches.replace(globalThis, name, replacement)
    patches.replace(timers, name, replacement)
  }
}

function findVirtual(timer: unknown): VirtualTimer | undefined {
  return currentContext()?.world.clock.find(timer) ?? (isVirtualTimer(timer) ? timer : undefined)
}

/** A timer of a world that is over, or one handed outside its world. */
function isVirtualTimer(timer: unknown): timer is VirtualTimer {
  return typeof timer === 'object' && timer !== null && 'dueMs' in timer && 'close' in timer
}

function requireFunction(callback: unknown): Callback {
  if (typeof callback === 'function') return callback as Callback
  const error = new TypeError(`The "callback" argument must be of type function. Received ${String(callback)}`)
  throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' })
}
