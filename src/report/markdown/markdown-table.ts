import { markdownText } from './markdown-text.ts'

/** Rows of a table; the rest is told in a line below. */
const mostRows = 60

/** One column: its heading, and whether its cells are numbers. */
export interface Column {
  readonly title: string
  readonly isNumber?: boolean
}

/** A table of GitHub-flavoured Markdown; its cells are plain texts of any origin. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const more = rows.length - mostRows
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ isNumber }) => (isNumber === true ? '--:' : ':--'))),
    ...rows.slice(0, mostRows).map((cells) => line(cells.map((cell) => markdownText(cell)))),
    ...(more > 0 ? ['', `${more} more rows are in results.json.`] : []),
  ].join('\n')
}
