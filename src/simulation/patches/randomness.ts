import crypto from 'node:crypto'
import { synchronously } from '../in-flight.ts'
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
  function randomUUID(this: WebCrypto): ReturnType<WebCrypto['randomUUID']> {
    return randomStream()?.uuid() ?? real.randomUUID.call(this)
  }
  function getRandomValues<View extends NodeJS.TypedArray<ArrayBuffer>>(this: WebCrypto, view: View): View {
    // The real function first, because it judges what it is given.
    const filled = synchronously(() => Reflect.apply(real.getRandomValues, this, [view]) as View)
    randomStream()?.fill(bytesOf(view))
    return filled
  }
  patches.replace(prototype, 'randomUUID', resemble(randomUUID, real.randomUUID))
  patches.replace(prototype, 'getRandomValues', resemble(getRandomValues, real.getRandomValues))
}

type BytesCallback = (error: Error | null, bytes: unknown) => void
type View = NodeJS.ArrayBufferView | ArrayBuffer

function patchNodeCrypto(patches: PatchSet): void {
  const real: Record<string, unknown> = { ...crypto }
  const realFillSync = crypto.randomFillSync as (view: View, offset?: number, size?: number) => View
  const realBytes = crypto.randomBytes as (size: number, callback?: BytesCallback) => Buffer | undefined
  const realFill = crypto.randomFill as (...args: unknown[]) => void

  function randomBytes(size: number, callback?: BytesCallback): Buffer | undefined {
    const stream = randomStream()
    if (stream === undefined) return callback === undefined ? realBytes(size) : realBytes(size, callback)
    const bytes = Buffer.alloc(size)
    stream.fill(bytes)
    if (callback === undefined) return bytes
    setImmediate(callback, null, bytes)
    return undefined
  }
  function randomFillSync(view: View, offset?: number, size?: number): View {
    // The real function first, because it judges what it is given.
    realFillSync(view, offset, size)
    randomStream()?.fill(bytesOf(view, offset, size))
    return view
  }
  function randomFill(...args: unknown[]): void {
    const callback = args.at(-1)
    if (randomStream() === undefined || typeof callback !== 'function') return realFill(...args)
    const [view, offset, size] = args.slice(0, -1) as [View, number?, number?]
    setImmediate(callback as BytesCallback, null, randomFillSync(view, offset, size))
  }
  const replacements: Record<string, object> = { randomBytes, randomFillSync, randomFill }
  Object.assign(replacements, seededIntegers(), seededIdentifiers())
  for (const [name, replacement] of Object.entries(replacements)) {
    const original = real[name]
    if (typeof original === 'function') patches.replace(crypto, name, resemble(replacement, original))
  }
  for (const alias of ['pseudoRandomBytes', 'prng', 'rng']) {
    if (alias in crypto) patches.replace(crypto, alias, randomBytes)
  }
}

function seededIntegers(): { randomInt: object } {
  const real = crypto.randomInt as (...args: unknown[]) => number | undefined
  function randomInt(...args: unknown[]): number | undefined {
    const stream = randomStream()
    const callback = typeof args.at(-1) === 'function' ? (args.at(-1) as BytesCallback) : undefined
    const bounds = args.filter((bound) => typeof bound === 'number')
    const [minimum, maximum] = bounds.length > 1 ? [bounds[0] ?? 0, bounds[1] ?? 0] : [0, bounds[0] ?? 0]
    // What is no range is for the real function to complain of.
    if (stream === undefined || !isRange(minimum, maximum)) return real(...args)
    const drawn = stream.integer(minimum, maximum)
    if (callback === undefined) return drawn
    setImmediate(callback, null, drawn)
    return undefined
  }
  return { randomInt }
}

function isRange(minimum: number, maximum: number): boolean {
  const range = maximum - minimum
  return Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum) && range >= 1 && range < 2 ** 48
}

function seededIdentifiers(): Record<'randomUUID' | 'randomUUIDv7', object> {
  const real = crypto as unknown as Record<string, (options?: unknown) => string>
  const { randomUUID, randomUUIDv7 } = real
  return {
    randomUUID: (options?: unknown) => randomStream()?.uuid() ?? randomUUID?.(options),
    randomUUIDv7: (options?: unknown) => randomStream()?.uuid(Date.now()) ?? randomUUIDv7?.(options),
  }
}

/** The bytes of a view; offset and size count its elements, as in Node. */
function bytesOf(view: View, offset = 0, size?: number): Uint8Array {
  const elementBytes = 'BYTES_PER_ELEMENT' in view ? Number(view.BYTES_PER_ELEMENT) : 1
  const [buffer, start] = ArrayBuffer.isView(view) ? [view.buffer, view.byteOffset] : [view, 0]
  const length = size === undefined ? view.byteLength - offset * elementBytes : size * elementBytes
  return new Uint8Array(buffer, start + offset * elementBytes, length)
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
  const inherited: readonly (readonly [object, string, string])[] = [
    [Object.getPrototypeOf(globalThis.crypto.subtle) as object, 'generateKey', 'crypto.subtle.generateKey'],
    [crypto.ECDH.prototype, 'generateKeys', 'crypto.ECDH.generateKeys'],
    [crypto.DiffieHellman.prototype, 'generateKeys', 'crypto.DiffieHellman.generateKeys'],
  ]
  for (const [prototype, name, what] of inherited) {
    const real = Reflect.get(prototype, name) as (this: unknown, ...args: unknown[]) => unknown
    function reporting(this: unknown, ...args: unknown[]): unknown {
      currentContext()?.world.onOutside(what)
      return real.apply(this, args)
    }
    patches.replace(prototype, name, resemble(reporting, real))
  }
}
