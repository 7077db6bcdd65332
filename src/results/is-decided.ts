import { type CountedCondition, type MeasureTerms, measureVerdicts } from './summarise-measure.ts'

/** Verdicts that more trials may still change. */
const open: ReadonlySet<string> = new Set(['inconclusive', 'no claim', 'unmeasured'])

/** Whether every objective is met or missed, and every declared value upheld or refuted. */
export function isDecided(conditions: readonly CountedCondition[], terms: MeasureTerms): boolean {
  const { objectives, declaration } = measureVerdicts(conditions, terms)
  return [...objectives, ...(declaration?.checks ?? [])].every(({ verdict }) => !open.has(verdict))
}
