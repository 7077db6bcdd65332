import { hash } from 'node:crypto'
import type { EvidencedDeclaration } from './accuracy-declaration.ts'

/** What a declaration states, without what publishing adds. */
export function draftOf(declaration: EvidencedDeclaration): EvidencedDeclaration {
  const { digest: _digest, acceptedRegression: _accepted, ...draft } = declaration
  return draft
}

/** SHA-256 of a declaration but for its digest, whatever the order of its fields. */
export function digestOf(declaration: EvidencedDeclaration): string {
  const { digest: _digest, ...rest } = declaration
  return hash('sha256', sortedJson(rest), 'hex')
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
