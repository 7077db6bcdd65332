import type { AccuracyDeclaration } from './accuracy-declaration.ts'

/** Whether a declaration holds by its dates. */
export type DeclarationValidity = 'valid' | 'expired' | 'not yet valid'

/**
 * Whether a declaration holds on a day; its first and last days count.
 *
 * @param today `YYYY-MM-DD`
 */
export function declarationValidity(
  { validFrom, validUntil }: Pick<AccuracyDeclaration, 'validFrom' | 'validUntil'>,
  today: string,
): DeclarationValidity {
  if (today < validFrom) return 'not yet valid'
  return today > validUntil ? 'expired' : 'valid'
}
