import crypto from 'node:crypto'
import zlib from 'node:zlib'
import type { EventEmitter } from 'node:events'
import { beginInFlight, countInFlight, synchronously } from '../in-flight.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Transform = (this: EventEmitter, chunk: unknown, encoding: string, done: (...args: unknown[]) => void) => void

/** Mends the counting where async resources do not tell: zlib, WebAssembly, and crypto that does not wait. */
export function patchInFlightSources(patches: PatchSet): void {
  countZlib(patches)
  countWebAssembly(patches)
  ignoreSynchronousCrypto(patches)
}

function countZlib(patches: PatchSet): void {
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
}

function countWebAssembly(patches: PatchSet): void {
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

/** They wait for nothing, unless their last argument is a callback. */
const synchronousUnlessCalledBack = ['sign', 'verify', 'diffieHellman', 'encapsulate', 'decapsulate']

function ignoreSynchronousCrypto(patches: PatchSet): void {
  for (const name of Object.keys(crypto)) {
    const real: unknown = Reflect.get(crypto, name)
    if (typeof real !== 'function') continue
    if (!name.endsWith('Sync') && !synchronousUnlessCalledBack.includes(name)) continue
    const call = real as (this: unknown, ...args: unknown[]) => unknown
    function counted(this: unknown, ...args: unknown[]): unknown {
      if (typeof args.at(-1) === 'function') return call.apply(this, args)
      return synchronously(() => call.apply(this, args))
    }
    patches.replace(crypto, name, resemble(counted, call))
  }
}
