import { asyncWrapProviders, createHook } from 'node:async_hooks'
import { currentContext, type World } from './world.ts'

/**
 * One-shot operations of Node's own (files, DNS, crypto, immediates), recognised by the type of their async resource.
 * Asking for active resources instead misses crypto and zlib, and never empties with mock sockets about.
 */
const operationTypes =
  /^(?!HTTP).*REQUEST$|REQ$|REQPROMISE$|REQCALLBACK$|REQWRAP$|^BLOBREADER$|WRITEWRAP$|SHUTDOWNWRAP$|CONNECTWRAP$/

const known = new Map<string, boolean>()

function isOperation(type: string): boolean {
  let answer = known.get(type)
  if (answer === undefined) {
    // Libraries name resources of their own as they like, e.g. `UNDICI_REQUEST`: those are no operations of Node's.
    answer = type === 'Immediate' || (type in asyncWrapProviders && operationTypes.test(type))
    known.set(type, answer)
  }
  return answer
}

let synchronousCalls = 0

/**
 * Runs a function that does its work before it returns: what it begins is not counted.
 *
 * The synchronous functions of `crypto` make the same resources as the others, and never say that they are done.
 */
export function synchronously<Result>(run: () => Result): Result {
  synchronousCalls++
  try {
    return run()
  } finally {
    synchronousCalls--
  }
}

/** Counts the operations that code of a world has under way, so that time can wait for them. */
export function trackInFlight(): { disable(): void } {
  const owners = new Map<number, World>()
  function settle(id: number): void {
    const owner = owners.get(id)
    if (owner === undefined) return
    owners.delete(id)
    owner.inFlight--
  }
  const hook = createHook({
    init(id, type) {
      if (type === 'MESSAGEPORT') notePort()
      if (!isOperation(type) || synchronousCalls > 0) return
      const world = currentContext()?.world
      if (world === undefined) return
      owners.set(id, world)
      world.inFlight++
    },
    before: settle,
    destroy: settle,
    // Without promise hooks the tracking costs next to nothing; Node 22 ignores the option and is slower.
    trackPromises: false,
  })
  hook.enable()
  return { disable: () => void hook.disable() }
}

function notePort(): void {
  const world = currentContext()?.world
  if (world !== undefined) world.hasPorts = true
}

/** Counts a promise as an operation under way, for what no async resource tells of. */
export function countInFlight<Value>(promise: Promise<Value>): Promise<Value> {
  const settle = beginInFlight()
  if (settle !== undefined) promise.then(settle, settle)
  return promise
}

/** Counts an operation under way until the returned function is first called; undefined outside any world. */
export function beginInFlight(): (() => void) | undefined {
  const world = currentContext()?.world
  if (world === undefined) return undefined
  let isUnderWay = true
  world.inFlight++
  return () => {
    if (isUnderWay) world.inFlight--
    isUnderWay = false
  }
}
