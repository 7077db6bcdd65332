import { redacted } from './redaction.ts'

/** Deep enough for an error of an SDK with its body and its causes. */
const deepest = 6

/**
 * What was thrown, without the secrets in it: of the same kind, with all that retries and reports read of it.
 *
 * It is another object, so that nobody's error is changed. What is neither an error nor plain data is left out.
 */
export function redactedError(error: unknown, secrets: readonly string[]): unknown {
  return without(error, secrets, deepest)
}

function without(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return redacted(value, secrets)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  if (value instanceof Error) return errorWithout(value, secrets, depth)
  if (value instanceof Headers) {
    return new Headers([...value].map(([name, text]) => [name, redacted(text, secrets)] as [string, string]))
  }
  if (Array.isArray(value)) return value.map((inner) => without(inner, secrets, depth - 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
    ? Object.fromEntries(members(value, secrets, depth))
    : undefined
}

function errorWithout(error: Error, secrets: readonly string[], depth: number): Error {
  const copy = new Error(redacted(String(error.message), secrets))
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object)
  for (const [name, value] of members(error, secrets, depth)) {
    Object.defineProperty(copy, name, { value, writable: true, configurable: true, enumerable: name !== 'cause' })
  }
  return copy
}

/** Names as well: what was sent may come back as one. */
function members(value: object, secrets: readonly string[], depth: number): [string, unknown][] {
  return Object.getOwnPropertyNames(value)
    .filter((name) => name !== 'message')
    .map((name) => [redacted(name, secrets), without(Reflect.get(value, name), secrets, depth - 1)])
}
