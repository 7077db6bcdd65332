import { parse as parseQuery } from 'node:querystring'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../contract/json.ts'

/** Says whether a request's body is the recorded one. */
export type BodyRule = (body: string, contentType: string) => boolean

/**
 * The rule by which nock compares a request's body with a recorded one (nock 15, `lib/match_body.js`).
 *
 * Recorded JSON is compared by value, a recorded text without regard to line ends, a form by its decoded fields.
 */
export function bodyRule(recorded: Json): BodyRule {
  const isStructured = typeof recorded === 'object' && recorded !== null
  return (body, contentType) => {
    const isForm = contentType.includes('application/x-www-form-urlencoded')
    const isMultipart = contentType.includes('multipart')
    const sent = isStructured ? structured(body, isForm) : body
    const expected = isForm ? asTexts(recorded) : recorded
    if (typeof sent !== 'string' || typeof expected !== 'string') return isDeepStrictEqual(plain(sent), plain(expected))
    return isMultipart ? sent === expected : withoutLineEnds(sent) === withoutLineEnds(expected)
  }
}

function structured(body: string, isForm: boolean): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return isForm ? parseQuery(body) : body
  }
}

/** Everything in a form is text. */
function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(asTexts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]))
}

/** Without the prototypes that tell a parsed form from an object. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : value
}

function withoutLineEnds(text: string): string {
  return text.replaceAll(/\r?\n|\r/g, '')
}
