import { keyedHash } from '../../simulation/keyed-hash.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** The character codes of every pair of characters: two at a time are drawn as fast as one. */
const pairs = Array.from({ length: alphabet.length ** 2 }, (_, index) => {
  return [alphabet.charCodeAt(index / alphabet.length), alphabet.charCodeAt(index % alphabet.length)] as const
})
/** Every octet in hexadecimal: a lookup is much cheaper than a conversion, and every reply has a request id. */
const octets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))
const noPair = [0, 0] as const
const golden = 0x9e3779b9

/**
 * An identifier of the service's form (`chatcmpl-…`, `call_…`), unique within a trial and the same in every run.
 *
 * @param prefix with its separator
 * @param length characters after the prefix
 */
export function identifier(prefix: string, length: number, ...key: readonly (string | number)[]): string {
  const words = keyedHash(prefix + key.join(' '))
  const codes: number[] = []
  for (let index = 0; codes.length < length; index++) {
    // The four words are 128 bits; each further draw mixes one of them with its ordinal.
    const word = mix(((words[index & 3] ?? 0) + Math.imul(index, golden)) | 0)
    const [first, second] = pairs[word % pairs.length] ?? noPair
    codes.push(first, second)
  }
  if (codes.length > length) codes.pop()
  return prefix + String.fromCharCode(...codes)
}

/** A request id of the service's form: `req_` and 32 hexadecimal digits. */
export function requestIdentifier(...key: readonly (string | number)[]): string {
  const [one, two, three, four] = keyedHash(`req ${key.join(' ')}`)
  return `req_${hex(one)}${hex(two)}${hex(three)}${hex(four)}`
}

/** A UUID of version 4, as Microsoft and Amazon give each request. */
export function uuid(...key: readonly (string | number)[]): string {
  const [one, two, three, four] = keyedHash(`uuid ${key.join(' ')}`)
  const digits = `${hex(one)}${hex((two & 0xffff0fff) | 0x4000)}${hex((three & 0x3fffffff) | 0x80000000)}${hex(four)}`
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
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
