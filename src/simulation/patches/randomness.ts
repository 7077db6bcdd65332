import crypto from 'node:crypto'
import { currentContext } from '../world.ts'
import type { RandomStream } from '../random-stream.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Seeds `Math.random` and the random functions of Web and Node `crypto`; key generation is reported, not seeded. */
export function patchRandomness(patches: PatchSet): void {
  const realRandom = Math.random
  patches.replace(
    Math,
    'random',
    resemble(() => randomStream()?.uniform() ?? realRandom(), realRandom),
  )
  patchWebCrypto(patches)
  patchNodeCrypto(patches)
  reportKeyGeneration(patches)
}

function randomStream(): RandomStream | undefined {
  return currentContext()?.world.random
}

type WebCrypto = typeof globalThis.crypto

function patchWebCrypto(patches: PatchSet): void {
  const prototype = Object.getPrototypeOf(globalThis.crypto) as WebCrypto
  const real = { getRandomValues: prototype.getRandomValues, randomUUID: prototype.randomUUID }
  patches.replace(prototype, 'randomUUID', function (this: WebCrypto) {
    return randomStream()?.uuid() ?? real.randomUUID.call(this)
  })
  patches.replace(prototype, 'getRandomValues', function (this: WebCrypto, view: Uint8Array<ArrayBuffer>) {
    const stream = randomStream()
    if (stream === undefined) return real.getRandomValues.call(this, view)
    stream.fill(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    return view
  })
  const realFunction = crypto.getRandomValues
  patches.replace(crypto, 'getRandomValues', (view: Uint8Array<ArrayBuffer>) =>
    randomStream() === undefined ? realFunction(view) : globalThis.crypto.getRandomValues(view),
  )
}

type BytesCallback = (error: Error | null, bytes: unknown) => void

function patchNodeCrypto(patches: PatchSet): void {
  const real = { ...crypto }

  function randomBytes(size: number, callback?: BytesCallback): Buffer | undefined {
    const stream = randomStream()
    if (stream === undefined) return callback ? void real.randomBytes(size, callback) : real.randomBytes(size)
    const bytes = Buffer.alloc(size)
    stream.fill(bytes)
    if (callback === undefined) return bytes
    setImmediate(callback, null, bytes)
    return undefined
  }
  function randomFillSync(view: Uint8Array<ArrayBuffer>, offset = 0, size = view.length - offset): Uint8Array {
    const stream = randomStream()
    if (stream === undefined) return real.randomFillSync(view, offset, size)
    stream.fill(bytesOf(view, offset, size))
    return view
  }
  function randomFill(view: Uint8Array<ArrayBuffer>, ...rest: unknown[]): void {
    const callback = rest.pop() as BytesCallback
    const offset = Number(rest[0] ?? 0)
    const size = Number(rest[1] ?? view.length - offset)
    if (randomStream() === undefined) return real.randomFill(view, offset, size, callback)
    randomFillSync(view, offset, size)
    setImmediate(callback, null, view)
  }
  function randomInt(...args: unknown[]): number | undefined {
    const callback = typeof args.at(-1) === 'function' ? (args.pop() as BytesCallback) : undefined
    const [minimum, maximum] = args.length > 1 ? [Number(args[0]), Number(args[1])] : [0, Number(args[0])]
    const stream = randomStream()
    const drawn = stream?.integer(minimum, maximum) ?? real.randomInt(minimum, maximum)
    if (callback === undefined) return drawn
    setImmediate(callback, null, drawn)
    return undefined
  }
  const randomUUID = (options?: crypto.RandomUUIDOptions): string => randomStream()?.uuid() ?? real.randomUUID(options)

  const replacements = { randomBytes, randomFillSync, randomFill, randomInt, randomUUID }
  for (const [name, replacement] of Object.entries(replacements)) {
    patches.replace(crypto, name, resemble(replacement, Reflect.get(real, name)))
  }
  for (const alias of ['pseudoRandomBytes', 'prng', 'rng']) {
    if (alias in crypto) patches.replace(crypto, alias, replacements.randomBytes)
  }
}

function bytesOf(view: ArrayBufferView, offset: number, size: number): Uint8Array {
  const elementBytes = 'BYTES_PER_ELEMENT' in view ? Number(view.BYTES_PER_ELEMENT) : 1
  return new Uint8Array(view.buffer, view.byteOffset + offset * elementBytes, size * elementBytes)
}

/** Keys are drawn inside OpenSSL, where no seed reaches; the trace says so. */
function reportKeyGeneration(patches: PatchSet): void {
  const names = [
    'generateKey',
    'generateKeySync',
    'generateKeyPair',
    'generateKeyPairSync',
    'generatePrime',
    'generatePrimeSync',
  ] as const
  for (const name of names) {
    const real = crypto[name] as (...args: unknown[]) => unknown
    const reporting = (...args: unknown[]): unknown => {
      currentContext()?.world.onOutside(`crypto.${name}`)
      return real(...args)
    }
    patches.replace(crypto, name, resemble(reporting, real))
  }
}
