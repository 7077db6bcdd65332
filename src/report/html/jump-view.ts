import { quantity } from '../../results/quantity.ts'

/** A place of the page that readers go to. */
export interface Jump {
  readonly anchor: string
  readonly label: string
}

/** The parts of the page that it may lack, with what is in them. */
type Parts = Readonly<Record<'findings' | 'accepted' | 'scenarios' | 'unused', readonly unknown[]>> & {
  readonly heat: object | null
  readonly trends: object | null
}

/** Where the page can be entered, in its order; only what is there. */
export function jumps({ heat, trends, findings, accepted, scenarios, unused }: Parts): Jump[] {
  return [
    ...(heat === null ? [] : [{ anchor: 'faults', label: 'Faults and properties' }]),
    { anchor: 'properties', label: 'Properties' },
    ...(trends === null ? [] : [{ anchor: 'trends', label: 'Trends' }]),
    ...(findings.length === 0 ? [] : [{ anchor: 'findings', label: quantity(findings.length, 'finding') }]),
    ...(accepted.length === 0 ? [] : [{ anchor: 'accepted', label: quantity(accepted.length, 'accepted finding') }]),
    { anchor: 'scenarios', label: quantity(scenarios.length, 'scenario') },
    ...(unused.length === 0 ? [] : [{ anchor: 'unused', label: 'Unused acceptances' }]),
    { anchor: 'method', label: 'Method and words' },
    { anchor: 'provenance', label: 'How to get the same again' },
  ]
}
