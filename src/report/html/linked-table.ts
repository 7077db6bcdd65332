import type { ServiceRow } from '../measure/service-table.ts'
import type { FoldedTable } from './folded-table.ts'

/** A row whose first cell leads to what it is about. */
export interface LinkedRow extends Pick<ServiceRow, 'sign' | 'word' | 'tone'> {
  readonly cells: readonly {
    readonly text: string
    /** Of the page; empty for no link. */
    readonly anchor: string
  }[]
}

/** A folded table with links. */
export interface LinkedTable extends Omit<FoldedTable, 'shown' | 'folded'> {
  readonly shown: readonly LinkedRow[]
  readonly folded: readonly LinkedRow[]
}

/**
 * Lets the rows of incidents that are findings lead to them.
 *
 * @param anchors of the findings of the scenario, by property
 */
export function linkedTable(table: FoldedTable, anchors: ReadonlyMap<string, string>): LinkedTable {
  const linked = ({ sign, word, tone, cells, finding }: ServiceRow): LinkedRow => ({
    ...{ sign, word, tone },
    cells: cells.map((text, index) => ({ text, anchor: (index === 0 && anchors.get(finding ?? '')) || '' })),
  })
  return { ...table, shown: table.shown.map(linked), folded: table.folded.map(linked) }
}
