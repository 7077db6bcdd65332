import type { Json } from '../../../contract/json.ts'
import { claimsIn } from './claims-in.ts'

/** What a text supports, in the spelling of claims' readings. A pure function's results, so that keeping them leaks no state between trials. */
const known = new Map<string, ReadonlySet<string>>()
const rememberedTexts = 5_000

/** The readings of claims that a text supports, be it prose or JSON, or JSON in JSON. */
export function supportedBy(text: string): ReadonlySet<string> {
  let supported = known.get(text)
  if (supported === undefined) {
    supported = new Set(leavesOf(text).flatMap(readingsOf))
    if (known.size >= rememberedTexts) known.clear()
    known.set(text, supported)
  }
  return supported
}

/** More than an answer would claim with the same words: parts of a date or of an identifier may be spoken of alone. */
function readingsOf(text: string): string[] {
  return claimsIn(text).flatMap(({ kind, text: words, readings }) => {
    if (kind === 'date') return [...readings, ...(words.match(/\d{4}/g) ?? []).map((year) => `number ${Number(year)}`)]
    if (kind === 'identifier') return [...readings, ...digitsIn(words)]
    return readings
  })
}

function digitsIn(words: string): string[] {
  return (words.match(/\d+/g) ?? []).map((digits) => `number ${digits.replace(/^0+(?=\d)/, '')}`)
}

/** The texts and numbers in a text that is JSON, its keys included; the text itself where it is none. */
function leavesOf(text: string): string[] {
  const value = parse(text)
  return value === undefined ? [text] : leaves(value)
}

function leaves(value: Json): string[] {
  if (typeof value === 'string') return leavesOf(value)
  if (typeof value === 'number') return [String(Math.abs(value))]
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(leaves)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => [key, ...leaves(each)])
  }
  return []
}

function parse(text: string): Json | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
