import { quantity } from '../../results/quantity.ts'

/** A place of the page that readers go to. */
export interface Jump {
  readonly anchor: string
  readonly label: string
}

/** The parts of the page that it may lack, with what is in them. */
type Parts = Readonly<Record<'comparisons' | 'findings' | 'accepted' | 'scenarios' | 'unused', readonly unknown[]>> & {
  readonly heat: object | null
  readonly trends: object | null
  readonly overview: {
    readonly objectives: { readonly cards: readonly unknown[] }
    readonly declarations: readonly unknown[]
    readonly incidents: { readonly rows: readonly unknown[] }
  }
}

/** Where the page can be entered, in its order; only what is there. */
export function jumps({ overview, heat, trends, comparisons, findings, accepted, scenarios, unused }: Parts): Jump[] {
  const { objectives, declarations, incidents } = overview
  return [
    ...(objectives.cards.length === 0 ? [] : [{ anchor: 'service-levels', label: 'Service levels' }]),
    ...(declarations.length === 0 ? [] : [{ anchor: 'declarations', label: 'Declarations' }]),
    ...(incidents.rows.length === 0 ? [] : [{ anchor: 'incidents', label: 'Incidents' }]),
    ...(heat === null ? [] : [{ anchor: 'faults', label: 'Faults' }]),
    { anchor: 'properties', label: 'Properties' },
    ...(trends === null ? [] : [{ anchor: 'trends', label: 'Trends' }]),
    ...(comparisons.length === 0 ? [] : [{ anchor: 'baseline', label: 'Baseline' }]),
    ...(findings.length === 0 ? [] : [{ anchor: 'findings', label: quantity(findings.length, 'finding') }]),
    ...(accepted.length === 0 ? [] : [{ anchor: 'accepted', label: quantity(accepted.length, 'accepted finding') }]),
    { anchor: 'scenarios', label: quantity(scenarios.length, 'scenario') },
    ...(unused.length === 0 ? [] : [{ anchor: 'unused', label: 'Unused acceptances' }]),
    { anchor: 'method', label: 'Method' },
    { anchor: 'provenance', label: 'Reproduce' },
  ]
}
