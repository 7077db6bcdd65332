import * as fc from 'fast-check'
import { type Told, withTexts } from './_document.ts'

/** What people have tried on readers of reports, one idea each. */
const tricks = [
  ...[
    '<script>alert(1)</script>',
    '</script>',
    '</style>',
    '</title>',
    '</template>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
  ],
  ...[
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '" onmouseover="alert(1)',
    "' autofocus onfocus='x",
    '<a',
  ],
  ...['<details>', '</details>', '<?xml', '<!DOCTYPE x [<!ENTITY e "f">]>', '&e;', '&#0;', '&lt;', '&amp;', '%3Cb%3E'],
  ...[
    '\u2028',
    '\u2029',
    '\u202E',
    '\u2066',
    '\u200B',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
    '\u00AD',
    '\u{E0041}',
    '\u0085',
    '\u3164',
    '\uFE01',
    '\u{E0100}',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u0008',
    '\u001B[31m',
    '\u001B]8;;http://evil.example\u0007',
    '\u009B2J',
    '\r',
    '\r\n',
    '\t',
  ],
  ...['\uD800', '\uDFFF', '\uDFFF\uD800', 'javascript:alert(1)', 'data:text/html,<b>', 'vbscript:x', '//evil.example'],
  ...['[x](javascript:alert(1))', '![x](http://evil.example/x.png)', '<http://evil.example>', 'http://evil.example'],
  ...[
    'www.evil.example',
    '@octocat',
    '#12',
    'a@evil.example',
    '|',
    '\n| a |\n|---|',
    '\n# h',
    '\n- i',
    '\n1. n',
    '\n> q',
  ],
  ...[
    '\n```\n',
    '````',
    '~~~',
    '**b**',
    '_e_',
    '~~d~~',
    '$m$',
    '[^1]',
    '[ref]: http://evil.example',
    '\n---\n',
    '\\',
    '`',
  ],
  ...[
    '{{verdict}}',
    '{{{x}}}',
    '{0}',
    '${x}',
    '%s',
    '%0A',
    '%25',
    '\n::error::x',
    '::set-output name=a::b',
    '##[add-mask]x',
  ],
  ...[
    '##vso[task.setvariable]x',
    '<!channel>',
    '<@U1>',
    '*b*',
    '../..',
    '/etc/passwd',
    'C:\\x',
    '?q',
    '#f',
    ' ',
    '  ',
    '',
  ],
  ...[
    'é',
    '日本',
    '😀',
    '👩‍👧',
    'ﷺ',
    'e\u0301\u0301\u0301',
    '\u0338',
    '__proto__',
    'constructor',
    'toString',
    'null',
    '0',
  ],
]

/** Any at all, also a half of a pair; those of fast-check take a second to be listed. */
const codePoint = fc.nat(0x10_ffff).map((code) => String.fromCodePoint(code))

const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...tricks) }, fc.string({ unit: codePoint, maxLength: 8 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))

/** What a line of a megabyte is made of. */
export const fillers = [
  'x',
  '<',
  '&',
  '"',
  '\u0000',
  '\u202E',
  '\uD800',
  '`',
  '|',
  '{',
  '%',
  '\n',
  ' ',
  '\\',
  '#',
  '日',
  '\u001B[1m',
  '::',
  '😀',
]

/** Texts for all fields of a document. */
export interface Texts {
  readonly texts: readonly string[]
  /** One of them has a megabyte; null for none. */
  readonly long: { readonly field: number; readonly filler: string } | null
  /** Whether the slow readings are made too, of one input in ten. */
  readonly isReadTwice: boolean
}

/** Texts that do nothing. */
export const calm: Texts = { texts: ['calm words'], long: null, isReadTwice: true }

export const anyTexts: fc.Arbitrary<Texts> = fc.record({
  texts: fc.array(text, { minLength: 8, maxLength: 24 }),
  long: fc.oneof(
    { weight: 15, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ field: fc.nat(300), filler: fc.constantFrom(...fillers) }) },
  ),
  isReadTwice: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

/** A megabyte of one thing. */
export function longLine(filler: string): string {
  return filler.repeat(Math.ceil(1_000_000 / filler.length))
}

/** A number at the beginning of every text, by which a reader of a rendering knows it again. */
export function markOf(field: number): string {
  return `w${field}w`
}

/** Fills a document with texts: each has a mark of its own, so that two never become one. */
export function filled(
  told: Told,
  { texts, long }: Pick<Texts, 'texts' | 'long'>,
): { readonly told: Told; readonly fields: readonly string[] } {
  const known = new Map<string, string>()
  const rename = (original: string): string => {
    const before = known.get(original)
    if (before !== undefined) return before
    const field = known.size
    const own = long?.field === field ? longLine(long.filler) : (texts[field % texts.length] ?? '')
    const full = `${markOf(field)} ${own}`
    known.set(original, full)
    return full
  }
  const renamed = withTexts(told, rename)
  return { told: renamed, fields: [...known.values()] }
}
