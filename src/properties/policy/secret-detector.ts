import type { Secret } from '../../contract/secret.ts'
import { secretForms } from '../secret-forms.ts'

/** Into how many pieces a secret may be cut and still be found, and how long each is at least. */
const mostPieces = 3
const shortestPiece = 4

/** Finds one secret in texts. */
export interface SecretDetector {
  readonly secret: Secret
  /** How the text carries the secret, e.g. `in base64`; null where it does not. */
  find(text: SearchableText): string | null
}

/** A text in lower case, with its Unicode escapes resolved as well: what detectors search. */
export type SearchableText = readonly string[]

export function searchable(text: string): SearchableText {
  const lower = text.toLowerCase()
  if (!lower.includes('\\u')) return [lower]
  const resolved = text.replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return [lower, resolved.toLowerCase()]
}

/** Prepares the search for a secret in all its forms, whole or cut into at most three pieces that stand in order. */
export function secretDetector(secret: Secret): SecretDetector {
  const forms = secretForms(secret)
  const plain = secret.value.toLowerCase()
  return {
    secret,
    find: (texts) => {
      for (const text of texts) {
        const form = forms.find((candidate) => text.includes(candidate.text))
        if (form) return form.how
        if (isInPieces(plain, text, 0, mostPieces)) return 'in pieces'
      }
      return null
    },
  }
}

/** Tries the longest piece first; most texts lack even the shortest, so that one search usually settles it. */
function isInPieces(rest: string, text: string, from: number, pieces: number): boolean {
  if (rest.length === 0) return true
  if (pieces === 0 || text.indexOf(rest.slice(0, shortestPiece), from) < 0) return false
  for (let length = rest.length; length >= shortestPiece; length--) {
    const found = text.indexOf(rest.slice(0, length), from)
    if (found >= 0 && isInPieces(rest.slice(length), text, found + length, pieces - 1)) return true
  }
  return false
}
