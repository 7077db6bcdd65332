import { countPromises } from '../measure/promise.ts'
import type { ServiceRow, ServiceTable } from '../measure/service-table.ts'

/** Rows that a reader takes in at a glance. */
const glance = 6

/** A table whose healthy rows are one click away where they are many. */
export interface FoldedTable extends Omit<ServiceTable, 'rows'> {
  readonly shown: readonly ServiceRow[]
  readonly folded: readonly ServiceRow[]
  /** `33 healthy`. */
  readonly foldedCount: string
}

/** Folds what is well of a long table: dozens of rows that say so hide the one that does not. */
export function foldedTable({ title, columns, rows }: ServiceTable): FoldedTable {
  const isLong = rows.length > glance
  const folded = isLong ? rows.filter(isWell) : []
  return {
    ...{ title, columns, folded },
    shown: isLong ? rows.filter((row) => !isWell(row)) : rows,
    foldedCount: countPromises(folded),
  }
}

function isWell({ tone }: ServiceRow): boolean {
  return tone === 'good' || tone === 'none'
}
