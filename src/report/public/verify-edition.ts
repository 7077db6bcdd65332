import { createHash } from 'node:crypto'
import type { Results } from '../../results/results-schema.ts'
import { publicEdition } from './public-edition.ts'

/** What became of checking a public edition against the full results. */
export type EditionCheck =
  | { readonly isSame: true }
  /** Why it is not the edition of these results, in one sentence without its full stop. */
  | { readonly isSame: false; readonly why: string }

/**
 * Checks that a public edition was made of these full results, and that nothing of it was changed: the hash is counted
 * again, the edition made again, and every value compared.
 *
 * @param full the results that `bytes` hold
 */
export function verifyEdition(edition: Results, full: Results, bytes: Uint8Array): EditionCheck {
  if (edition.edition === undefined) return differs('the first file is no public edition')
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (hash !== edition.edition.full) {
    return differs(`the edition is of results with the SHA-256 ${edition.edition.full}, and the full file has ${hash}`)
  }
  const place = firstDifference(publicEdition(full, bytes, edition.edition.kept), edition, '')
  if (place === null) return { isSame: true }
  return differs(
    `the hash is right, but the edition made again differs${place === '' ? '' : ` at "${place}"`}: it was changed, or another version of Shakedown made it`,
  )
}

function differs(why: string): EditionCheck {
  return { isSame: false, why }
}

/** The first place at which two values of JSON differ; null where they are the same. */
function firstDifference(one: unknown, other: unknown, place: string): string | null {
  if (Object.is(one, other)) return null
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return place
  const [mine, theirs] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const inside = place === '' ? key : `${place}.${key}`
    if (mine.has(key) !== theirs.has(key)) return inside
    const found = firstDifference(mine.get(key), theirs.get(key), inside)
    if (found !== null) return found
  }
  return null
}
