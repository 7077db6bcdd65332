import { visibleLine, visibleText } from './visible-text.ts'

/** An element: attributes in the order in which they are written, and either elements or text inside. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly content: readonly XmlElement[] | string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Writes a document of XML 1.0 with one element a line; text is kept as it is, without indentation of its own.
 *
 * Characters that XML forbids even as references (controls, halves of pairs, U+FFFE) are spelled out like everything
 * else that a reader could not see, because one of them makes a CI service refuse the whole file.
 *
 * @param root its names are those of a fixed vocabulary; attributes and text may be of any origin
 */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`
}

function lines({ name, attributes, content }: XmlElement, indent: string): string[] {
  const start = `${indent}<${name}${Object.entries(attributes).map(attribute).join('')}`
  if (content.length === 0) return [`${start}/>`]
  if (typeof content === 'string') return [`${start}>${escape(visibleText(content))}</${name}>`]
  return [`${start}>`, ...content.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${name}>`]
}

/** On one line: a parser turns line ends of an attribute into spaces. */
function attribute([name, value]: [string, string | number]): string {
  return ` ${name}="${escape(visibleLine(String(value)))}"`
}

/** Text of any origin on one line, for the inside of an element or of an attribute. */
export function xmlLine(text: string): string {
  return escape(visibleLine(text))
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
