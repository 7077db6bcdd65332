import { keyedUint32 } from '../../simulation/keyed-hash.ts'

const golden = 0x9e3779b9
const words = /[\p{L}\p{N}]+/gu
/** How much of a vector is of the very text, so that two orders of the same words are near and not the same. */
const shareOfText = 0.1

/**
 * A unit vector that depends on the text alone: the sum of a random direction for each of its words, with some of the
 * text itself.
 *
 * Equal texts have equal vectors on every machine; texts are the nearer the more words they share, and texts that share
 * none are about at right angles. It knows nothing of meaning.
 *
 * @param dimensions as many of the model's as are wanted: a shorter vector is the beginning of the longer one, made a
 * unit again, as the service does it
 */
export function embeddingVector(text: string, dimensions: number): Float32Array {
  const vector = new Float64Array(dimensions)
  const found = text.normalize('NFC').toLowerCase().match(words) ?? []
  for (const word of found) addDirection(vector, keyedUint32('embedding of a word', word), 1)
  const weight = found.length === 0 ? 1 : shareOfText * Math.sqrt(found.length)
  addDirection(vector, keyedUint32('embedding of a text', text), weight)
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return Float32Array.from(vector, (value) => value / length)
}

/** A vector as text that JSON carries: nine digits hold a number of 32 bits exactly. */
export function vectorNumbers(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Number(value.toPrecision(9)))
}

/** A vector as the service encodes it: numbers of 32 bits, the lowest octet first, in base64. */
export function vectorBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}

function addDirection(vector: Float64Array, key: number, weight: number): void {
  for (let index = 0; index < vector.length; index++) {
    const drawn = mix((key + Math.imul(index + 1, golden)) | 0) / 0x1_0000_0000
    vector[index] = (vector[index] ?? 0) + weight * (2 * drawn - 1)
  }
}

/** The finalizer of MurmurHash3: every bit of the result depends on every bit of the word. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
