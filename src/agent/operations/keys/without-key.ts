import { shownKey } from './api-key.ts'

/** Deep enough for an error of an SDK with its body and its causes. */
const deepest = 5

/**
 * Takes a key out of an error wherever its words hold it: services quote the key that they refuse.
 *
 * @returns the same error
 */
export function withoutKey(error: unknown, key: string): unknown {
  strike(error, key, deepest)
  return typeof error === 'string' ? error.replaceAll(key, shownKey(key)) : error
}

function strike(value: unknown, key: string, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0) return
  if (value instanceof Headers) return strikeHeaders(value, key)
  for (const name of Reflect.ownKeys(value)) {
    const inner: unknown = Reflect.get(value, name)
    if (typeof inner !== 'string') strike(inner, key, depth - 1)
    else if (inner.includes(key)) Reflect.set(value, name, inner.replaceAll(key, shownKey(key)))
  }
}

function strikeHeaders(headers: Headers, key: string): void {
  for (const [name, value] of [...headers]) if (value.includes(key)) headers.set(name, value.replaceAll(key, '[key]'))
}
