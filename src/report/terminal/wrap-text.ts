/**
 * Breaks text at spaces into lines of at most `columns` characters, each after the same indent.
 *
 * A word that is longer than a line keeps one to itself, so that whatever is copied stays whole.
 */
export function wrapText(text: string, indent: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && indent.length + longer.length > columns) {
      lines.push(indent + line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, indent + line]
}
