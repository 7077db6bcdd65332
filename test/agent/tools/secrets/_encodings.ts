import fc from 'fast-check'

/** Each as somebody else would do it, with what is taken for one. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'as JSON': (text) => JSON.stringify(text),
  'as JSON of nothing but ASCII': (text) =>
    JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'for a component of an address': encodeURIComponent,
  'for an address': encodeURI,
  'with every byte escaped': (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  'for a form': (text) => new URLSearchParams([['a', text]]).toString(),
  'for markup': (text) => text.replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64 for addresses': (text) => Buffer.from(text).toString('base64url'),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
}

export const encodingNames = Object.keys(encodings)
export const anySecret = fc.oneof(
  fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'\\"%+/&<é a*'), minLength: 4, maxLength: 12 }),
)
export const around = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 }))

/** A text in encodings, the first of them innermost. */
export function encoded(text: string, layers: readonly string[]): string {
  return layers.reduce((inner, name) => encodings[name]?.(inner) ?? inner, text)
}

/** What can be read from a text by whoever knows the encodings and tries them all. */
export function readings(text: string, layers: readonly string[]): string[] {
  return layers.toReversed().reduce((texts, name) => texts.flatMap((inner) => [inner, ...decoded(inner, name)]), [text])
}

function decoded(text: string, name: string): string[] {
  try {
    if (name.includes('JSON')) return stringsIn(JSON.parse(text))
    if (name.includes('base64')) return [Buffer.from(text, 'base64').toString()]
    if (name.includes('hexadecimal')) return [Buffer.from(text, 'hex').toString()]
    if (name.includes('form')) return [new URLSearchParams(text).get('a') ?? '']
    if (name.includes('address') || name.includes('escaped')) return [decodeURIComponent(text)]
    return [text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))]
  } catch {
    return []
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)])
}
