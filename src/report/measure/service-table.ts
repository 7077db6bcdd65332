/** A table about a service as its operators see it: budgets, dependencies, alerts, incidents. Cells are plain text. */
export interface ServiceTable {
  readonly title: string
  /** What the first column, the verdict, and the others are called. */
  readonly columns: readonly string[]
  readonly rows: readonly ServiceRow[]
}

/** One row, with a verdict that is never told by colour alone. */
export interface ServiceRow {
  readonly sign: string
  readonly word: string
  /** Class of the style sheet of the page. */
  readonly tone: 'good' | 'bad' | 'open' | 'none'
  readonly cells: readonly string[]
  /** Of an incident that is a finding, the property; null or absent for everything else. */
  readonly finding?: string | null
  /** The row in one sentence, for a terminal; empty where nothing needs to be said there. */
  readonly sentence: string
}
