import type { EvidencedDeclaration, EvidencedValue } from './accuracy-declaration.ts'

/** What a declaration guarantees less than the one before: lower values, and values that are gone; each in a phrase. */
export function regressionsOf(
  before: Pick<EvidencedDeclaration, 'values'>,
  next: Pick<EvidencedDeclaration, 'values'>,
): string[] {
  return before.values.flatMap((old) => {
    const now = next.values.find((value) => isSame(value, old))
    const what = `${old.metric}${old.stratum === undefined ? '' : ` of "${old.stratum}"`}, ${old.faultClass}`
    if (now === undefined) return [`${what}: ${old.value} before, not declared any more`]
    return now.value < old.value ? [`${what}: ${old.value} before, ${now.value} now`] : []
  })
}

function isSame(one: EvidencedValue, other: EvidencedValue): boolean {
  return one.metric === other.metric && one.stratum === other.stratum && one.faultClass === other.faultClass
}
