import realPromises from 'node:timers/promises'
import { listenForAbort } from '../listen-for-abort.ts'
import { currentContext } from '../world.ts'
import type { World } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

interface TimersPromises {
  setTimeout<Value>(delayMs?: number, value?: Value, options?: TimerOptions): Promise<Value>
  setInterval<Value>(delayMs?: number, value?: Value, options?: TimerOptions): NodeJS.AsyncIterator<Value>
  readonly scheduler: { wait(delayMs: number, options?: TimerOptions): Promise<void> }
}

interface TimerOptions {
  readonly signal?: AbortSignal
  readonly ref?: boolean
}

/** The promise forms of the timers, virtual inside a world. */
export function timersPromises(): TimersPromises {
  const real = { ...realPromises }

  function setTimeout<Value>(delayMs?: number, value?: Value, options?: TimerOptions): Promise<Value> {
    const world = currentContext()?.world
    if (world === undefined) return real.setTimeout(delayMs, value, options)
    return virtualSleep(world, delayMs, value as Value, options)
  }
  function setInterval<Value>(delayMs?: number, value?: Value, options?: TimerOptions): NodeJS.AsyncIterator<Value> {
    const world = currentContext()?.world
    if (world === undefined) return real.setInterval(delayMs, value, options)
    return virtualTicks(world, delayMs, value as Value, options)
  }
  const scheduler = {
    wait: (delayMs: number, options?: TimerOptions) => setTimeout<void>(delayMs, undefined, options),
  }
  return {
    setTimeout: resemble(setTimeout, real.setTimeout),
    setInterval: resemble(setInterval, real.setInterval),
    scheduler,
  }
}

/** Virtual `node:timers/promises`. */
export function patchTimersPromises(patches: PatchSet): void {
  const replacements = timersPromises()
  patches.replace(realPromises, 'setTimeout', replacements.setTimeout)
  patches.replace(realPromises, 'setInterval', replacements.setInterval)
  const { scheduler } = realPromises
  const owner = Object.hasOwn(scheduler, 'wait') ? scheduler : (Object.getPrototypeOf(scheduler) as typeof scheduler)
  patches.replace(owner, 'wait', resemble(replacements.scheduler.wait, scheduler.wait))
}

function virtualSleep<Value>(world: World, delayMs: unknown, value: Value, options: TimerOptions = {}): Promise<Value> {
  const { signal } = options
  return new Promise((resolve, reject) => {
    if (signal && isAborted(signal)) return reject(abortError(signal))
    const timer = world.clock.setTimer(() => {
      stopListening()
      resolve(value)
    }, delayMs)
    const stopListening = listenForAbort(world, signal, () => {
      stopListening()
      timer.close()
      if (signal) reject(abortError(signal))
    })
  })
}

async function* virtualTicks<Value>(
  world: World,
  delayMs: unknown,
  value: Value,
  options: TimerOptions = {},
): AsyncGenerator<Value> {
  const { signal } = options
  if (signal && isAborted(signal)) throw abortError(signal)
  let due = 0
  let wake: (() => void) | undefined
  const notify = (): void => {
    wake?.()
    wake = undefined
  }
  const timer = world.clock.setTimer(() => (due++, notify()), delayMs, [], true)
  const stopListening = listenForAbort(world, signal, notify)
  try {
    for (;;) {
      if (signal && isAborted(signal)) throw abortError(signal)
      if (due > 0) {
        due--
        yield value
      } else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    timer.close()
    stopListening()
  }
}

/** A guard of its own, because the flag changes between two readings. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason })
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' })
}
