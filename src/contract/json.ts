import { z } from 'zod'

/** A value that survives a round trip through JSON; whatever is stored, printed or replayed is one. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object, the shape of tool arguments and fault parameters. */
export type JsonObject = { readonly [key: string]: Json }

type Issues = z.core.ParsePayload['issues']
type Path = readonly (string | number)[]

/**
 * Accepts any JSON value, of which it makes a copy.
 *
 * Written here instead of taken from zod, whose records leave the key `__proto__` out: what crossed the wire stays as it
 * is, and a copy that defines its keys gives no object another prototype.
 */
export const jsonSchema = z.unknown().check((given) => {
  given.value = copyOf(given.value, [], given.issues)
}) as z.ZodType<Json>

/** Accepts a JSON object, of which it makes a copy. */
export const jsonObjectSchema = z
  .unknown()
  .check((given) => {
    if (isPlainObject(given.value)) given.value = copyOf(given.value, [], given.issues)
    else given.issues.push({ code: 'invalid_type', expected: 'record', input: given.value, path: [] })
  })
  .meta({ type: 'object' }) as z.ZodType<JsonObject>

/** A copy of a JSON value; whatever within it is none becomes an issue. */
function copyOf(value: unknown, path: Path, issues: Issues): unknown {
  if (Array.isArray(value)) return Array.from(value, (item, index) => copyOf(item, [...path, index], issues))
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner, [...path, key], issues)]))
  }
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
  if (!isJson) issues.push({ code: 'custom', message: 'Not a JSON value', input: value, path: [...path] })
  return value
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Objects of another realm have another `Object.prototype`, which has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
