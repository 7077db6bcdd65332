import type { EvidencedAccuracy } from '../../contract/accuracy.ts'
import type { Outcome } from '../../contract/outcome.ts'

/** What an answer declares of its accuracy. */
export interface Declared {
  /** The share; null where the agent says that it does not know. */
  readonly value: number | null
  /** Null for a number without evidence. */
  readonly evidence: EvidencedAccuracy | null
  /** The kind of answer it speaks of: the stratum of the evidence, else the source that the answer claims. */
  readonly stratum: string
}

/** The accuracy that an outcome declares; null where it declares nothing. */
export function declaredAccuracy({ claims }: Outcome): Declared | null {
  const declared = claims?.declaredAccuracy
  if (declared === undefined) return null
  const source = claims?.source ?? 'any source'
  if (declared === 'unknown') return { value: null, evidence: null, stratum: source }
  if (typeof declared === 'number') return { value: declared, evidence: null, stratum: source }
  return { value: declared.value, evidence: declared, stratum: declared.stratum }
}
