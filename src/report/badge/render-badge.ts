import { type XmlElement, renderXml } from '../xml.ts'
import { textWidth } from './text-width.ts'

/** What a badge says. */
export interface Badge {
  readonly label: string
  readonly message: string
  readonly tone: Tone
}

export type Tone = keyof typeof colours

/** White on each of them has a contrast of at least 4.5 (WCAG 2.2 AA). */
const colours = { good: '#1a7f37', bad: '#b42318', open: '#8a5a00', torn: '#6e40c9', none: '#57606a' } as const

const dark = '#3b434b'

const height = 20
const radius = 3
const padding = 6

/** Draws a badge as SVG: two words on one line, with a title for screen readers and nothing to load. */
export function renderBadge({ label, message, tone }: Badge): string {
  const split = textWidth(label) + 2 * padding
  const width = split + textWidth(message) + 2 * padding
  const title = `${label}: ${message}`
  return renderXml({
    name: 'svg',
    attributes: { xmlns: 'http://www.w3.org/2000/svg', width, height, role: 'img', 'aria-label': title },
    content: [
      { name: 'title', attributes: {}, content: title },
      field(0, width, colours[tone], radius),
      field(0, split, dark, radius),
      // Round at the ends only; a clip would need an identifier, and two badges on a page would share it.
      field(split - radius, radius, dark, 0),
      {
        name: 'g',
        attributes: { fill: '#fff', 'font-family': 'Verdana, Geneva, DejaVu Sans, sans-serif', 'font-size': 11 },
        content: [words(label, padding), words(message, split + padding)],
      },
    ],
  })
}

function field(x: number, width: number, fill: string, rx: number): XmlElement {
  return { name: 'rect', attributes: { x, width, height, rx, fill }, content: [] }
}

/** The length is given, so that another font than Verdana stays in its field. */
function words(text: string, x: number): XmlElement {
  const attributes = { 'aria-hidden': 'true', x, y: 14, textLength: textWidth(text), lengthAdjust: 'spacingAndGlyphs' }
  return { name: 'text', attributes, content: text }
}
