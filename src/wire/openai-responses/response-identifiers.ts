import { keyedHash } from '../../simulation/keyed-hash.ts'

/**
 * The identifier of a response or of one of its items: 50 hexadecimal digits, of which those of one response share the
 * first 18 and the second of their making comes next.
 *
 * Source of the form: the recorded responses of vercel/ai (`packages/openai/src/responses/__fixtures__`).
 *
 * @param prefix with its separator
 * @param createdAt Unix seconds
 * @param key of the response
 * @param ordinal of the item in the response; −1 for the response itself
 */
export function responseIdentifier(prefix: string, createdAt: number, key: string, ordinal: number): string {
  const [one, two] = keyedHash(`response ${key}`)
  const [three, four, five] = keyedHash(`response ${key} ${prefix} ${ordinal}`)
  return `${prefix}${hex(one)}${hex(two)}00${hex(createdAt)}${hex(three)}${hex(four)}${hex(five)}`
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
