import { familyOfFault } from '../../faults/catalogue.ts'
import { percent } from '../../results/percent.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { Finding } from '../../results/results-schema.ts'

/** Trials in which a family struck and a property was put to the test, and those of them that violated it. */
export interface HeatCell {
  readonly judged: number
  readonly violated: number
  /**
   * What the family has to do with it: its faults are part of a smallest cause, they only struck too, or nobody knows,
   * because no finding explains the violations.
   */
  readonly role: 'cause' | 'bystander' | 'unknown'
  /** Findings whose smallest cause has a fault of the family. */
  readonly causes: number
}

/** The families in the smallest cause of each finding, by property. */
export type Causes = ReadonlyMap<string, readonly ReadonlySet<string>[]>

/** Reads the smallest plans: a family that merely struck in a trial that failed is not to blame. */
export function causesOf(findings: readonly Pick<Finding, 'property' | 'plan'>[]): Causes {
  const byProperty = Map.groupBy(findings, ({ property }) => property)
  return new Map(
    [...byProperty].map(([property, ofProperty]) => [
      property,
      ofProperty.map(({ plan }) => new Set(plan.faults.map(({ id }) => familyOfFault(id)))),
    ]),
  )
}

/** A cell of so many trials, with the role of its family. */
export function heatCell(
  judged: number,
  violated: number,
  family: string,
  plans: readonly ReadonlySet<string>[] | undefined,
): HeatCell {
  const causes = plans?.filter((families) => families.has(family)).length ?? 0
  return { judged, violated, causes, role: plans === undefined ? 'unknown' : causes > 0 ? 'cause' : 'bystander' }
}

/** The whole of a cell in words, for those who point at it or do not see it. */
export function cellSentence({ judged, violated, role, causes }: HeatCell, what: string): string {
  if (violated === 0) return `${what}: kept in ${quantity(judged, 'trial')}`
  const seen = `${what}: violated in ${grouped(violated)} of ${quantity(judged, 'trial')} (${percent(violated / judged)})`
  if (role === 'cause') return `${seen}; part of the smallest cause of ${quantity(causes, 'finding')}`
  return role === 'bystander' ? `${seen}; no smallest cause needs a fault of this family` : seen
}

/** A cell of the table of numbers: never told by colour alone. */
export function cellWords(cell: HeatCell | null): { readonly text: string; readonly tone: string } {
  if (cell === null) return { text: '–', tone: 'none' }
  const { judged, violated, role } = cell
  if (violated === 0) return { text: `✓ ${grouped(judged)}`, tone: 'good' }
  const counts = `${grouped(violated)} of ${grouped(judged)}`
  return role === 'bystander' ? { text: `${counts}, struck too`, tone: 'none' } : { text: `✕ ${counts}`, tone: 'bad' }
}
