import zlib from 'node:zlib'
import { countInFlight } from '../in-flight.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Transform = (this: unknown, chunk: unknown, encoding: string, done: (...args: unknown[]) => void) => void

/** Counts what works on Node's thread pool without an async resource of its own: zlib and WebAssembly. */
export function patchInFlightSources(patches: PatchSet): void {
  const zlibBase = Object.getPrototypeOf(Object.getPrototypeOf(zlib.Deflate.prototype)) as { _transform: Transform }
  const realTransform = zlibBase._transform
  patches.replace(zlibBase, '_transform', function (this: unknown, chunk, encoding, done) {
    const world = currentContext()?.world
    if (world === undefined) return realTransform.call(this, chunk, encoding, done)
    world.inFlight++
    return realTransform.call(this, chunk, encoding, (...args) => {
      world.inFlight--
      done(...args)
    })
  } satisfies Transform)

  const webAssembly = Reflect.get(globalThis, 'WebAssembly') as Record<string, unknown>
  for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming'] as const) {
    const real = webAssembly[name] as ((...args: unknown[]) => Promise<unknown>) | undefined
    if (real === undefined) continue
    patches.replace(
      webAssembly,
      name,
      resemble((...args: unknown[]) => countInFlight(real.apply(webAssembly, args)), real),
    )
  }
}
