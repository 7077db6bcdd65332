import zlib from 'node:zlib'
import type { EventEmitter } from 'node:events'
import { beginInFlight, countInFlight } from '../in-flight.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Transform = (this: EventEmitter, chunk: unknown, encoding: string, done: (...args: unknown[]) => void) => void

/** Counts what works on Node's thread pool without an async resource of its own: zlib and WebAssembly. */
export function patchInFlightSources(patches: PatchSet): void {
  const zlibBase = Object.getPrototypeOf(Object.getPrototypeOf(zlib.Deflate.prototype)) as { _transform: Transform }
  const realTransform = zlibBase._transform
  patches.replace(zlibBase, '_transform', function (this: EventEmitter, chunk, encoding, done) {
    const settle = beginInFlight()
    if (settle === undefined) return realTransform.call(this, chunk, encoding, done)
    // Corrupt input closes the stream without a word to whoever waits for the chunk.
    this.once('close', settle)
    return realTransform.call(this, chunk, encoding, (...args) => {
      this.removeListener('close', settle)
      settle()
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
