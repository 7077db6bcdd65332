import type { Json } from '../../contract/json.ts'

/** Levels and entries that the trace keeps: a value may hold half the program. */
const deepest = 12
const most = 10_000

/**
 * A value of the agent's own process as JSON for the trace; undefined where it has no such form.
 *
 * It runs no code of the agent, no getter and no `toJSON`: to look at a value must not change what the agent does.
 */
export function recordedValue(value: unknown): Json | undefined {
  return recorded(value, { above: [], left: most })
}

/** The same as text; empty for what has no form. */
export function recordedText(value: unknown): string {
  const json = recordedValue(value)
  return json === undefined ? '' : JSON.stringify(json)
}

interface Scope {
  /** The objects that hold the value. */
  readonly above: readonly object[]
  left: number
}

function recorded(value: unknown, scope: Scope): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object') return undefined
  if (scope.above.includes(value)) return '[circular]'
  if (scope.above.length >= deepest || scope.left-- <= 0) return '[…]'
  const { left } = scope
  const inner: Scope = { above: [...scope.above, value], left }
  const json = ofObject(value, inner)
  scope.left = inner.left
  return json
}

function ofObject(value: object, inner: Scope): Json | undefined {
  if (value instanceof AbortSignal) return undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (Array.isArray(value) || value instanceof Set) return [...value].map((item) => recorded(item, inner) ?? null)
  if (value instanceof Map) return [...value].map((entry) => recorded(entry, inner) ?? null)
  return ofFields(value, inner)
}

function ofFields(value: object, inner: Scope): Json {
  const fields: Record<string, Json> = {}
  for (const [name, { value: field, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    const json = enumerable === true ? recorded(field, inner) : undefined
    if (json !== undefined) Object.defineProperty(fields, name, { value: json, enumerable: true })
  }
  return fields
}
