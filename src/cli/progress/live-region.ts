import { stripVTControlCharacters } from 'node:util'
import { quantity } from '../../results/quantity.ts'
import { textWidth } from '../../report/terminal/text-width.ts'

/** What a live region needs of a terminal. */
export interface Screen {
  write(text: string): unknown
  readonly columns?: number
  readonly rows?: number
}

/** Lines at the end of a terminal's output that are written over, until they are disposed of. */
export interface LiveRegion extends Disposable {
  /** Replaces the lines by these; those that the terminal has no room for are counted. */
  show(lines: readonly string[]): void
  /** Puts lines above that stay; the region then holds those below, where nothing is said what it held. */
  leave(lines: readonly string[], below?: readonly string[]): void
}

const escape = '\u001b['
const hideCursor = `${escape}?25l`
const showCursor = `${escape}?25h`
const eraseRestOfLine = `${escape}K`
const eraseBelow = `${escape}J`
/** Terminals that know synchronized output draw what is between as one picture; others take no notice. */
const beginPicture = `${escape}?2026h`
const endPicture = `${escape}?2026l`

const usual = { columns: 80, rows: 24 } as const

/** The size of a terminal; some say that they have no columns, and mean that they do not know. */
export function sizeOf({ columns = 0, rows = 0 }: Screen): { readonly columns: number; readonly rows: number } {
  return { columns: columns > 0 ? columns : usual.columns, rows: rows > 0 ? rows : usual.rows }
}

/** Opens a region below what the terminal shows. */
export function openLiveRegion(screen: Screen): LiveRegion {
  let shown: readonly string[] = []
  let isCursorHidden = false

  /** Back to the first column of the first line; a terminal that has become narrower has broken its lines. */
  const toTop = (): string => {
    const { columns } = sizeOf(screen)
    const rows = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / columns)), 0)
    return rows > 1 ? `\r${escape}${rows - 1}A` : '\r'
  }
  const draw = (stays: readonly string[], lines: readonly string[]): void => {
    const kept = stays.map((line) => `${line}${eraseRestOfLine}\n`).join('')
    const live = lines.map((line) => `${line}${eraseRestOfLine}`).join('\n')
    screen.write(`${beginPicture}${toTop()}${kept}${live}${eraseBelow}${endPicture}`)
    shown = lines
  }
  return {
    show(lines) {
      const fitting = fit(lines, Math.max(2, sizeOf(screen).rows - 1))
      if (fitting.length === shown.length && fitting.every((line, index) => line === shown[index])) return
      if (!isCursorHidden) screen.write(hideCursor)
      isCursorHidden = true
      draw([], fitting)
    },
    leave: (lines, below = shown) => draw(lines, below),
    [Symbol.dispose]() {
      if (shown.length > 0) draw([], [])
      if (isCursorHidden) screen.write(showCursor)
      isCursorHidden = false
    },
  }
}

/** A line that has scrolled out of a terminal cannot be written over. */
function fit(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `… and ${quantity(lines.length - most + 1, 'line')} more`]
}

function visibleWidth(line: string): number {
  return textWidth(stripVTControlCharacters(line))
}
