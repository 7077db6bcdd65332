import type { JsonObject } from '../../contract/json.ts'
import type { Reply } from '../reply.ts'
import { googleError } from './errors.ts'

/** The quotas that a 429 tells of, by their names in the service's own list. */
export const quotaIds = {
  requests: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
  tokens: 'GenerateContentInputTokensPerModelPerMinute-FreeTier',
  day: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
} as const

/** What a 429 says. */
export interface ResourceExhaustedFacts {
  readonly quota: keyof typeof quotaIds
  /** Milliseconds; infinite where no wait would help, and then none is named. */
  readonly waitMs: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * 429 `RESOURCE_EXHAUSTED`: how long to wait stands in the body, and in no header.
 *
 * Source of the shape and words: recorded by vercel/ai (`packages/google/src/__fixtures__/google-429-retry-info.json`).
 */
export function resourceExhausted({ quota, waitMs, headers }: ResourceExhaustedFacts): Reply {
  const failure = { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: quotaIds[quota] }] }
  const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${waitMs / 1_000}s` }
  const details: JsonObject[] = Number.isFinite(waitMs) ? [failure, retry] : [failure]
  return googleError(429, 'You exceeded your current quota, please check your plan.', headers, details)
}
