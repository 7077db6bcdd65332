import { visibleLine } from '../visible-text.ts'
import { xmlLine } from '../xml.ts'

/** How a text is set. */
export interface TextStyle {
  /** Pixels. */
  readonly size: number
  readonly colour?: string
  readonly isBold?: boolean
  /** `end`: it ends where it is put. */
  readonly anchor?: 'start' | 'end'
}

/** One line of text at its place, shortened to a width where one is given. */
export function textAt(x: number, y: number, text: string, style: TextStyle, width = Infinity): string {
  const { size, colour = ink, isBold = false, anchor = 'start' } = style
  const fitted = xmlLine(fit(text, width, style))
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${isBold ? ' font-weight="700"' : ''}${anchor === 'end' ? ' text-anchor="end"' : ''}>${fitted}</text>`
}

/** A text in lines of a width, at most so many; the last one says by dots that there is more. */
export function wrapped(text: string, width: number, style: TextStyle, mostLines: number): string[] {
  const lines: string[] = []
  for (const word of visibleLine(text).split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && widthOf(longer, style) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const shown = lines.slice(0, mostLines).map((line) => fit(line, width, style))
  const hasMore = lines.length > mostLines
  return hasMore ? [...shown.slice(0, -1), fit(lines.slice(mostLines - 1).join(' '), width, style)] : shown
}

function fit(text: string, width: number, style: TextStyle): string {
  const characters = [...visibleLine(text)]
  if (widthOf(text, style) <= width) return characters.join('')
  const room = width - widthOf('…', style)
  let used = 0
  const kept = characters.findIndex((character) => (used += widthOf(character, style)) > room)
  return `${characters.slice(0, Math.max(kept, 1)).join('').trimEnd()}…`
}

/** Pixels that a text takes at most in an ordinary sans-serif: fonts differ, and nothing may run into its neighbour. */
export function widthOf(text: string, { size, isBold = false }: TextStyle): number {
  const ems = [...text].reduce((sum, character) => sum + emsOf(character), 0)
  return ems * size * (isBold ? 1.08 : 1)
}

function emsOf(character: string): number {
  if ((character.codePointAt(0) ?? 0) >= 0x2e80) return 1.05
  if (/[ijlI.,:;'|!()[\]\s]/.test(character)) return 0.32
  if (/[mwMW@%—…]/.test(character)) return 0.92
  return /[\p{Lu}]/u.test(character) ? 0.7 : 0.56
}

export const ink = '#1b1f24'
export const faint = '#57606a'
