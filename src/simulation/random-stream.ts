import { keyedHash } from './keyed-hash.ts'

/**
 * A stream of random numbers from a text seed, for what asks the ambient sources (`Math.random`, `crypto`).
 *
 * Small fast counting generator (sfc32); passes PractRand, the same on every machine, not for secrets.
 */
export class RandomStream {
  #a: number
  #b: number
  #c: number
  #counter: number

  constructor(seed: string) {
    ;[this.#a, this.#b, this.#c, this.#counter] = keyedHash(seed)
    for (let warmUp = 0; warmUp < 12; warmUp++) this.uint32()
  }

  /** An integer in [0, 2³²). */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992
  }

  /** An integer in [minimum, maximum), each equally likely; ranges up to 2⁴⁸ as Node allows. */
  integer(minimum: number, maximum: number): number {
    const range = maximum - minimum
    const limit = 281474976710656 - (281474976710656 % range)
    for (;;) {
      const drawn = (this.uint32() & 0xffff) * 4294967296 + this.uint32()
      if (drawn < limit) return minimum + (drawn % range)
    }
  }

  /** Fills a view of bytes. */
  fill(bytes: Uint8Array): void {
    let word = 0
    for (let index = 0; index < bytes.length; index++) {
      if ((index & 3) === 0) word = this.uint32()
      bytes[index] = word & 0xff
      word >>>= 8
    }
  }

  /** A UUID (RFC 9562): of version 4, or of version 7 where the milliseconds since the Unix epoch are given. */
  uuid(epochMs?: number): `${string}-${string}-${string}-${string}-${string}` {
    const bytes = Buffer.alloc(16)
    this.fill(bytes)
    if (epochMs !== undefined) bytes.writeUIntBE(epochMs, 0, 6)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (epochMs === undefined ? 0x40 : 0x70)
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}
