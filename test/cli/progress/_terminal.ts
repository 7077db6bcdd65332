/** A terminal with as many columns and rows, which shows what programs write to it. */
export interface FakeTerminal {
  columns: number
  rows: number
  write(text: string): boolean
  /** What there is to see, with what has scrolled out, without blanks at the ends of lines and below. */
  lines(): string[]
  isCursorShown(): boolean
  /** How often something was written. */
  writes(): number
}

const sequence = /\u001b\[(\??)([\d;]*)([A-Za-z])|([\s\S])/gu

/** Understands what a live region writes: line ends, the cursor up, erasing, colours, the cursor hidden and shown. */
export function fakeTerminal(columns: number, rows = 24): FakeTerminal {
  const grid: string[][] = [[]]
  let [row, column, top] = [0, 0, 0]
  let [isCursorShown, writes] = [true, 0]
  const down = (): void => {
    row++
    grid[row] ??= []
    top = Math.max(top, row - terminal.rows + 1)
  }
  const put = (character: string): void => {
    if (column >= terminal.columns) {
      down()
      column = 0
    }
    const line = (grid[row] ??= [])
    while (line.length < column) line.push(' ')
    line[column++] = character
  }
  const obey = (isPrivate: boolean, parameters: string, final: string): void => {
    if (isPrivate && parameters === '25') isCursorShown = final === 'h'
    else if (isPrivate || final === 'm') return
    // What has scrolled out is out of reach.
    else if (final === 'A') row = Math.max(top, row - Number(parameters || '1'))
    else if (final === 'K') grid[row]?.splice(column)
    else if (final === 'J') {
      grid[row]?.splice(column)
      grid.splice(row + 1)
    } else throw new Error(`a live region wrote an unknown sequence that ends in ${final}`)
  }
  const terminal: FakeTerminal = {
    columns,
    rows,
    write(text) {
      writes++
      for (const [, mark = '', parameters = '', final, character = ''] of text.matchAll(sequence)) {
        if (final !== undefined) obey(mark === '?', parameters, final)
        else if (character === '\r') column = 0
        else if (character === '\n') {
          down()
          column = 0
        } else put(character)
      }
      return true
    },
    lines() {
      const lines = grid.map((line) => line.join('').trimEnd())
      return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
    },
    isCursorShown: () => isCursorShown,
    writes: () => writes,
  }
  return terminal
}
