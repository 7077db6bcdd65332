import type { JsonObject } from '../../contract/json.ts'
import { errorInBody } from '../error-in-body.ts'
import type { Reply } from '../reply.ts'
import { googleReply } from './google-json.ts'

/** What the service calls each status: the canonical codes of Google's APIs. */
const statusNames = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
} as const

/** A status with which the service reports an error. */
export type GoogleErrorStatus = keyof typeof statusNames

/**
 * An error reply in the envelope of Google's APIs: `{"error":{"code","message","status","details"}}`.
 *
 * Source of the shape: cloud.google.com/apis/design/errors and ai.google.dev/gemini-api/docs/troubleshooting;
 * `details` as recorded in vercel/ai (`packages/google/src/__fixtures__/google-429-retry-info.json`).
 *
 * @param details typed messages of `google.rpc`; absent where there are none
 */
export function googleError(
  status: GoogleErrorStatus,
  message: string,
  headers: Readonly<Record<string, string>>,
  details?: readonly JsonObject[],
): Reply {
  return googleReply(status, { error: googleErrorObject(status, message, details) }, headers)
}

/** 503 `UNAVAILABLE`, in the service's words. */
export function overloaded(headers: Readonly<Record<string, string>>): Reply {
  return googleError(503, 'The model is overloaded. Please try again later.', headers)
}

/** The object within the envelope, which a stream carries too. */
export function googleErrorObject(
  status: GoogleErrorStatus,
  message: string,
  details?: readonly JsonObject[],
): { code: number; message: string; status: string; details?: readonly JsonObject[] } {
  return { code: status, message, status: statusNames[status], ...(details === undefined ? {} : { details }) }
}

/** Reads the name of the status, e.g. `RESOURCE_EXHAUSTED`, out of an error body; null where there is none. */
export function errorCodeOf(body: string): string | null {
  return codeOfError(errorInBody(body))
}

/** The name of an error object's status; null where it has none. */
export function codeOfError(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const { status } = error as { status?: unknown }
  return typeof status === 'string' ? status : null
}

/** What the service says of a prompt that is longer than its model takes. */
export function tooManyTokens(tokens: number, windowTokens: number): string {
  return `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${windowTokens}).`
}
