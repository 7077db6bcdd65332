import type { RequestSent } from '../contract/event.ts'

/**
 * Whether a call could have carried the header `idempotency-key`: a request over HTTP to a tool.
 *
 * Of a function in the agent's own process, or a message of MCP, nobody can say that it lacks a header.
 */
export function mayCarryKey({ kind, url }: Pick<RequestSent, 'kind' | 'url'>): boolean {
  return kind === 'tool' && /^https?:/.test(url)
}
