import { identifier } from '../openai/identifiers.ts'
import type { UpstreamContext } from '../upstream.ts'

/** The account of every caller. */
export const organizationId = '5f1c0a7e-8d3b-4e62-9a47-c21b6f0e93d8'

/**
 * The header that the service puts on every answer, refusals of the key included: `request-id: req_…`.
 *
 * Source of the shape: docs.claude.com/en/api/errors; the form of the identifier as in recorded answers.
 */
export function requestIdHeader({ seed, call }: Pick<UpstreamContext, 'seed' | 'call'>): { 'request-id': string } {
  return { 'request-id': identifier('req_011C', 20, seed, call) }
}

/** The headers on every answer to a caller whose key the service knows. */
export function serviceHeaders(context: Pick<UpstreamContext, 'seed' | 'call'>): Record<string, string> {
  return { ...requestIdHeader(context), 'anthropic-organization-id': organizationId }
}
