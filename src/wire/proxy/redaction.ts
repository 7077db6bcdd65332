import type { RawHeader } from './message-head.ts'

/** What stands in the trace for a value that could be a credential. */
const redacted = '[redacted]'

/** The headers whose values are written; any other could carry a credential, whatever its name. */
const harmless = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'retry-after',
  'retry-after-ms',
  'transfer-encoding',
  'x-should-retry',
])

/** Headers as the trace may hold them: every name, and the values of those that are known to be harmless. */
export function redactedHeaders(headers: readonly RawHeader[]): RawHeader[] {
  return headers.map(([name, value]) => [name, harmless.has(name.toLowerCase()) ? value : redacted])
}

/** A path as the trace may hold it: with the names of its query, without their values. */
export function redactedPath(path: string): string {
  const queryAt = path.indexOf('?')
  if (queryAt < 0) return path
  const query = path.slice(queryAt + 1).split('&')
  const named = query.map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${redacted}` : redacted))
  return `${path.slice(0, queryAt)}?${named.join('&')}`
}
