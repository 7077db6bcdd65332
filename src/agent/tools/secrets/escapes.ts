import { ViewBuilder } from './text-view.ts'
import type { TextView } from './text-view.ts'

/** An encoding that writes some characters otherwise and leaves the rest as it is. */
interface Escapes {
  readonly pattern: RegExp
  readonly decode: (match: string) => string
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

const ofJson: Escapes = {
  pattern: /\\(?:u[\da-f]{4}|[^u])/gi,
  decode: (match) =>
    match[1] === 'u'
      ? String.fromCharCode(parseInt(match.slice(2), 16))
      : (controls[match.charAt(1)] ?? match.slice(1)),
}

/** One character at a time, so that no more is taken for it than stands for it. */
const utf8 =
  '%[0-7][\\da-f]|%[cd][\\da-f]%[89ab][\\da-f]|%e[\\da-f](?:%[89ab][\\da-f]){2}|%f[0-7](?:%[89ab][\\da-f]){3}'

const ofAddresses: Escapes = {
  pattern: new RegExp(utf8, 'gi'),
  decode: (match) => Buffer.from(match.replaceAll('%', ''), 'hex').toString('utf8'),
}

const ofForms: Escapes = {
  pattern: new RegExp(`${utf8}|\\+`, 'gi'),
  decode: (match) => (match === '+' ? ' ' : ofAddresses.decode(match)),
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const ofMarkup: Escapes = {
  pattern: /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});/gi,
  decode(match) {
    const inner = match.slice(1, -1).toLowerCase()
    const code = inner.startsWith('#x') ? parseInt(inner.slice(2), 16) : parseInt(inner.slice(1), 10)
    return named[inner] ?? (code <= 0x10ffff ? String.fromCodePoint(code) : match)
  },
}

/** What a view says where it is read as JSON, as an address, as a form or as markup; only where that is another text. */
export function unescapedViews(view: TextView): TextView[] {
  return [ofJson, ofAddresses, ofForms, ofMarkup].flatMap((escapes) => unescaped(view, escapes) ?? [])
}

function unescaped(view: TextView, { pattern, decode }: Escapes): TextView | null {
  const builder = new ViewBuilder(view)
  let at = 0
  for (const match of view.text.matchAll(pattern)) {
    const end = match.index + match[0].length
    builder.add(at, match.index)
    builder.add(match.index, end, decode(match[0]))
    at = end
  }
  if (at === 0) return null
  builder.add(at, view.text.length)
  return builder.build()
}
