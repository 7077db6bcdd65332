import { countPromises } from '../measure/promise.ts'
import type { ServiceTable } from '../measure/service-table.ts'

/** Rows that a reader takes in at a glance. */
const glance = 6

/** Whether a table stands open, and what its fold says. */
export interface Fold {
  /** `33 healthy`. */
  readonly count: string
  readonly isOpen: boolean
}

export interface FoldedTable extends ServiceTable, Fold {}

/** Folds a long table in which all is well: dozens of rows that say so hide the one that does not. */
export function foldedTable(table: ServiceTable): FoldedTable {
  return { ...table, ...foldOf(table.rows) }
}

/** The same of rows of any kind. */
export function foldOf(rows: readonly { readonly word: string; readonly tone: string }[]): Fold {
  const isWell = rows.every(({ tone }) => tone === 'good' || tone === 'none')
  return { count: countPromises(rows), isOpen: rows.length <= glance || !isWell }
}
