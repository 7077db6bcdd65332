import type { RecordedHeaders } from '../contract/event.ts'

/** Response headers that a client acts on; the rest would only make traces long. */
const recorded = [
  'content-type',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-request-id',
  // Anthropic's name for it.
  'request-id',
] as const

/** Reduces response headers to those that the trace keeps. */
export function recordedHeaders(headers: Readonly<Record<string, string>>): RecordedHeaders {
  const kept: Record<string, string> = {}
  for (const name of recorded) {
    const value = headers[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
