import { keyedHash } from '../../simulation/keyed-hash.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Every pair of characters: two at a time are drawn as fast as one. */
const pairs = Array.from({ length: 62 * 62 }, (_, index) => {
  return alphabet.charAt(Math.floor(index / 62)) + alphabet.charAt(index % 62)
})
/** Every octet in hexadecimal: a lookup is much cheaper than a conversion, and every reply has a request id. */
const octets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))
const golden = 0x9e3779b9

/**
 * An identifier of the service's form (`chatcmpl-…`, `call_…`), unique within a trial and the same in every run.
 *
 * @param prefix with its separator
 * @param length characters after the prefix
 */
export function identifier(prefix: string, length: number, ...key: readonly (string | number)[]): string {
  const words = keyedHash(prefix + key.join(' '))
  let text = ''
  for (let index = 0; text.length < length; index++) {
    // The four words are 128 bits; each further draw mixes one of them with its ordinal.
    const word = mix(((words[index & 3] ?? 0) + Math.imul(index, golden)) | 0)
    text += pairs[word % pairs.length]
  }
  return prefix + text.slice(0, length)
}

/** A request id of the service's form: `req_` and 32 hexadecimal digits. */
export function requestIdentifier(...key: readonly (string | number)[]): string {
  const [one, two, three, four] = keyedHash(`req ${key.join(' ')}`)
  return `req_${hex(one)}${hex(two)}${hex(three)}${hex(four)}`
}

function hex(word: number): string {
  return `${octets[word >>> 24]}${octets[(word >>> 16) & 255]}${octets[(word >>> 8) & 255]}${octets[word & 255]}`
}

/** The finalizer of MurmurHash3: every bit of the result depends on every bit of the word. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
