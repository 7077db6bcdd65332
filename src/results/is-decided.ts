import { type CountedCondition, type MeasureTerms, measureVerdicts } from './summarise-measure.ts'

/** Verdicts that more trials may still change. */
const open: ReadonlySet<string> = new Set(['inconclusive', 'no claim', 'unmeasured'])

/** Whether every objective is met or missed, and every declared value upheld or refuted, the published ones included; gates in quarantine wait for nothing. */
export function isDecided(conditions: readonly CountedCondition[], terms: MeasureTerms): boolean {
  const { objectives, repeatGates, declaration } = measureVerdicts(conditions, terms)
  const published = (terms.inForce ?? []).flatMap(
    (one) =>
      measureVerdicts(conditions, { ...terms, objectives: [], repeatGates: [], declaration: one }).declaration
        ?.checks ?? [],
  )
  const gating = [...objectives, ...repeatGates].filter(({ isQuarantined }) => !isQuarantined)
  return [...gating, ...(declaration?.checks ?? []), ...published].every(({ verdict }) => !open.has(verdict))
}
