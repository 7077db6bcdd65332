/** An element as a strict reader of XML 1.0 sees it. */
export interface Parsed {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Parsed[]
  /** Text directly inside, references resolved. */
  readonly text: string
}

/** What XML 1.0 does not allow anywhere, also not as a reference (production 2, Char). */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads a document strictly, as far as reports use the language: no comments, sections or processing instructions.
 *
 * @throws {Error} where the document is not well-formed
 */
export function parseXml(document: string): Parsed {
  if (forbidden.test(document)) throw new Error(`forbidden character ${forbidden.exec(document)?.[0]}`)
  const start = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document)?.[0]
  if (start === undefined) throw new Error('no XML declaration')
  const { element, end } = parseElement(document, start.length)
  if (document.slice(end).trim() !== '') throw new Error(`something follows the root at ${end}`)
  return element
}

function parseElement(document: string, from: number): { element: Parsed; end: number } {
  const tag = /^<([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>/.exec(document.slice(from))
  if (tag === null) throw new Error(`no start tag at ${from}: ${document.slice(from, from + 40)}`)
  const [whole, name = '', rawAttributes = '', isEmpty] = tag
  const attributes = parseAttributes(rawAttributes)
  let at = from + whole.length
  if (isEmpty === '/') return { element: { name, attributes, children: [], text: '' }, end: at }
  const children: Parsed[] = []
  let text = ''
  while (!document.startsWith(`</${name}>`, at)) {
    if (at >= document.length) throw new Error(`<${name}> is never closed`)
    if (document[at] === '<') {
      const child = parseElement(document, at)
      children.push(child.element)
      at = child.end
    } else {
      const next = document.indexOf('<', at)
      text += resolve(document.slice(at, next))
      at = next
    }
  }
  return { element: { name, attributes, children, text }, end: at + name.length + 3 }
}

function parseAttributes(raw: string): Record<string, string> {
  const pairs = [...raw.matchAll(/([A-Za-z][\w-]*)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice: ${raw}`)
  return Object.fromEntries(pairs.map(([name, value = '']) => [name, resolve(value)]))
}

function resolve(text: string): string {
  if (text.includes(']]>')) throw new Error('"]]>" in text')
  return text.replace(/&([^;&]*;?)/g, (whole, reference: string) => {
    const meant = references[reference.slice(0, -1)]
    if (!reference.endsWith(';') || meant === undefined) throw new Error(`unknown reference ${whole}`)
    return meant
  })
}
