import { type Paint } from '../../report/terminal/paint.ts'
import { cutText, padText, textWidth } from '../../report/terminal/text-width.ts'
import { visibleLine } from '../../report/visible-text.ts'
import { countWords, rateWords, timeLeftWords } from './pace.ts'
import type { ProgressOfScenario, ProgressRow } from './track-run.ts'

const barLength = 16
const labelLength = 28

/** Which columns a table has; the first that go where there is no room are those that say least. */
const layouts = [
  ['label', 'bar', 'count', 'rate', 'left'],
  ['label', 'count', 'rate', 'left'],
  ['label', 'count', 'left'],
  ['label', 'count'],
] as const

type Column = (typeof layouts)[number][number]

/** Room that is kept for what was found. */
const noteLength = 14

/** A scenario's progress as lines: its name, and a row for its search and for each part of its measure. */
export function progressTable(scenario: ProgressOfScenario, columns: number, paint: Paint): string[] {
  const { name, rows, doing } = scenario
  // One column stays free: a terminal that is full to the last one may start a new line.
  const room = columns - 1
  const cells = rows.map(cellsOf)
  const fitting = layouts.find((layout) => tableWidth(layout, cells) + noteLength <= room) ?? layouts[3]
  const widths = columnWidths(fitting, cells)
  const lines = rows.map((row, index) => {
    const written = fitting.map((column, place) => padCell(column, cells[index]?.[column] ?? '', widths[place] ?? 0))
    const left = cutText(`  ${written.join('  ')}`, room)
    const notes = cutText(notesOf(row).join(', '), room - textWidth(left) - 2)
    return notes === '' ? left.trimEnd() : `${left}  ${row.violated.length > 0 ? paint('fail', notes) : notes}`
  })
  const told = rows.length === 0 && doing !== '' ? `${visibleLine(name)}: ${doing}` : visibleLine(name)
  return [cutText(told, room), ...lines]
}

function cellsOf(row: ProgressRow): Record<Column, string> {
  return {
    label: cutText(visibleLine(row.label), labelLength),
    bar: bar(row.done, row.of),
    count: countWords(row),
    rate: rateWords(row),
    left: timeLeftWords(row),
  }
}

function notesOf({ violated, note }: ProgressRow): string[] {
  const found = violated.length === 0 ? [] : [`violated: ${visibleLine(violated.join(', '))}`]
  return [...found, ...(note === '' ? [] : [visibleLine(note)])]
}

function columnWidths(layout: readonly Column[], cells: readonly Record<Column, string>[]): number[] {
  return layout.map((column) => Math.max(0, ...cells.map((row) => textWidth(row[column]))))
}

function tableWidth(layout: readonly Column[], cells: readonly Record<Column, string>[]): number {
  return columnWidths(layout, cells).reduce((sum, width) => sum + width + 2, 0)
}

/** Figures stand below each other from the right. */
function padCell(column: Column, text: string, width: number): string {
  return column === 'count' || column === 'rate' ? text.padStart(width) : padText(text, width)
}

function bar(done: number, of: number): string {
  const filled = Math.min(barLength, Math.floor((done / of) * barLength))
  return '█'.repeat(filled) + '░'.repeat(barLength - filled)
}
