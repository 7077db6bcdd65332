import { cutText, textWidth } from './text-width.ts'

/** The first lines, as many as allowed; the last one says by its ellipsis that there are more. */
export function capLines(lines: readonly string[], most: number, columns: number): string[] {
  if (lines.length <= most) return [...lines]
  return lines.slice(0, most).map((line, index) => (index === most - 1 ? openEnded(line, columns) : line))
}

function openEnded(line: string, columns: number): string {
  const open = `${line} …`
  return textWidth(open) <= columns ? open : cutText(line, Math.min(columns, textWidth(line) - 1))
}
