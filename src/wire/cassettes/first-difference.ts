import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../../contract/json.ts'

/** Where two JSON values differ, and what stands there; `undefined` where nothing does. */
export interface Difference {
  /** E.g. `messages[2].content`; empty for the whole. */
  readonly at: string
  readonly recorded: Json | undefined
  readonly sent: Json | undefined
}

/** The first place at which a value differs from the recorded one, in the recorded order; null where they are equal. */
export function firstDifference(recorded: Json | undefined, sent: Json | undefined, at = ''): Difference | null {
  if (isDeepStrictEqual(recorded, sent)) return null
  const entries = entriesOf(recorded)
  const found = entriesOf(sent)
  if (entries === null || found === null || Array.isArray(recorded) !== Array.isArray(sent)) {
    return { at, recorded, sent }
  }
  for (const key of new Set([...entries.keys(), ...found.keys()])) {
    const place = Array.isArray(recorded) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`
    const difference = firstDifference(entries.get(key), found.get(key), place)
    if (difference !== null) return difference
  }
  return null
}

function entriesOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value as JsonObject)) : null
}

/** A value without what stands at some places, e.g. `metadata.trace_id`; the value itself is left as it is. */
export function without(value: Json, places: readonly string[]): Json {
  return places.reduce<Json>((left, place) => withoutOne(left, place.split('.')), value)
}

function withoutOne(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value as JsonObject)
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key))
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? withoutOne(inner, rest) : inner]))
}

/** A difference as a clause: `messages[2].content was "a" when it was recorded and is "b" now`. */
export function differenceWords({ at, recorded, sent }: Difference): string {
  const place = at === '' ? 'the whole body' : at
  if (recorded === undefined) return `${place} was not there when it was recorded and is ${shown(sent)} now`
  if (sent === undefined) return `${place} was ${shown(recorded)} when it was recorded and is missing now`
  return `${place} was ${shown(recorded)} when it was recorded and is ${shown(sent)} now`
}

const mostShown = 80

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > mostShown ? `${text.slice(0, mostShown - 3)}...` : text
}
