import { holdsSecret } from '../policy/secret-search.ts'

const withheld = '[withheld: it holds a secret]'

/** A text that may be shown: without secrets, in whatever form they are in it. */
export function shown(text: string, secrets: readonly string[]): string {
  return holdsSecret(text, secrets) ? withheld : text
}

/** Long enough for every word of a protocol that means something. */
const longestWord = 100

/** A word that came over the wire where one of a few is expected, such as a finish reason or the identifier of a call. */
export function shownWord(word: string, secrets: readonly string[]): string {
  return shown(word, secrets).slice(0, longestWord)
}
