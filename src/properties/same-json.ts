import type { Json, JsonObject } from '../contract/json.ts'

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)

/** Whether two JSON values say the same, whatever the order of their keys. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index] ?? null))
  if (isArray(b)) return false
  return Object.keys(a).length === Object.keys(b).length && includesJson(b, a)
}

/** Whether `whole` has every entry of `part`; what a back end adds (defaults, notes) does not matter. */
export function includesJson(whole: JsonObject, part: JsonObject): boolean {
  return Object.entries(part).every(([key, value]) => {
    const found = Object.hasOwn(whole, key) ? whole[key] : undefined
    return found !== undefined && sameJson(found, value)
  })
}
