import type { UpstreamContext } from '../upstream.ts'
import { requestIdentifier } from './identifiers.ts'

/** Milliseconds of processing that the service reports for an answer it gives without asking a model. */
const refusalMs = 12

/**
 * The headers that the service puts on every answer, errors included.
 *
 * Source of the shape: headers recorded in public issue threads, OpenHands#1263 among them.
 *
 * @param processingMs what `openai-processing-ms` says
 */
export function serviceHeaders(
  { seed, call }: Pick<UpstreamContext, 'seed' | 'call'>,
  processingMs: number = refusalMs,
): Record<string, string> {
  return {
    'x-request-id': requestIdentifier(seed, call),
    'openai-processing-ms': String(processingMs),
    'openai-organization': 'org-shakedown',
    'openai-version': '2020-10-01',
  }
}
