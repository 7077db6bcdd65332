import { unescapedViews } from './escapes.ts'
import { unpackedViews } from './packed-bytes.ts'
import { plainView } from './text-view.ts'
import type { TextView } from './text-view.ts'

/** The fewest characters of a secret: what is shorter stands everywhere. */
export const leastSecretLength = 4

/** Stands for a secret; shorter than any, so that it is part of none. */
const mark = '***'

/** Encodings within encodings that are looked into. */
const deepest = 3

/**
 * A text without the secrets in it: as they are, and escaped as in JSON, addresses, forms and markup, in base64, in
 * hexadecimal, or in several of these at once, also as part of something longer that is encoded.
 *
 * What is split, reversed or encrypted is not found. Something that is no secret may go where it can be read as one.
 *
 * @param secrets each at least {@link leastSecretLength} characters long
 */
export function redacted(text: string, secrets: readonly string[]): string {
  const needles = needlesOf(secrets)
  // What stands around a mark may make a secret together with it, and is then shorter.
  for (let current = text; ;) {
    const next = withoutRanges(current, rangesOf(current, needles))
    if (next === current) return next
    current = next
  }
}

/** As they are, without the spaces around them, which headers lose, and as bytes. */
function needlesOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [secret, secret.trim()])
  const asBytes = forms.map((form) => Buffer.from(form, 'utf8').toString('latin1'))
  return [...new Set([...forms, ...asBytes])].filter(({ length }) => length >= leastSecretLength)
}

interface Range {
  readonly start: number
  readonly end: number
}

function rangesOf(text: string, needles: readonly string[]): Range[] {
  const leastBytes = Math.min(...needles.map(({ length }) => length))
  const seen = new Set<string>()
  const ranges: Range[] = []
  let views = [plainView(text)]
  for (let depth = 0; depth <= deepest && views.length > 0; depth++) {
    const fresh = views.filter((view) => isFirst(view.text, seen))
    ranges.push(...fresh.flatMap((view) => found(view, needles)))
    views =
      depth === deepest ? [] : fresh.flatMap((view) => [...unescapedViews(view), ...unpackedViews(view, leastBytes)])
  }
  return ranges
}

function isFirst(text: string, seen: Set<string>): boolean {
  if (seen.has(text)) return false
  seen.add(text)
  return true
}

function found(view: TextView, needles: readonly string[]): Range[] {
  const ranges: Range[] = []
  for (const needle of needles) {
    for (let at = view.text.indexOf(needle); at >= 0; at = view.text.indexOf(needle, at + 1)) {
      ranges.push({ start: view.startOf(at), end: view.endOf(at + needle.length - 1) })
    }
  }
  return ranges
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let left = ''
  let at = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start >= at) left += text.slice(at, start) + mark
    at = Math.max(at, end)
  }
  return left + text.slice(at)
}
