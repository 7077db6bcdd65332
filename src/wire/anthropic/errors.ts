import type { JsonObject } from '../../contract/json.ts'
import { errorInBody } from '../error-in-body.ts'
import { type Reply, jsonReply } from '../reply.ts'

/** The type of error that the service gives with each status. */
const errorTypes = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
} as const

/** A status with which the service reports an error. */
export type AnthropicErrorStatus = keyof typeof errorTypes

/** What an error reply says besides its message. */
export interface AnthropicErrorFacts {
  /** With `request-id`, which the body repeats. */
  readonly headers: Readonly<Record<string, string>>
  /** Names the cause for programs, e.g. `{ error_code: 'enforced_spend_limit_reached' }`; null is sent, absent is not. */
  readonly details?: JsonObject | null
}

/**
 * An error reply in the service's envelope: `{"type":"error","error":{"type","message"},"request_id"}`.
 *
 * Source of the shape: docs.claude.com/en/api/errors; `details` before `type` as recorded for 529 in vercel/ai and as
 * typed by @anthropic-ai/sdk 1 (`resources/shared.ts`).
 */
export function anthropicError(
  status: AnthropicErrorStatus,
  message: string,
  { headers, details }: AnthropicErrorFacts,
): Reply {
  const body = { type: 'error', error: anthropicErrorObject(status, message, details) }
  return jsonReply(status, { ...body, request_id: headers['request-id'] ?? null }, headers)
}

/** 529 `overloaded_error`, in the service's words. */
export function overloaded(headers: AnthropicErrorFacts['headers']): Reply {
  return anthropicError(529, 'Overloaded', { headers, details: null })
}

/** The object within the envelope, which an `error` event of a stream carries too. */
export function anthropicErrorObject(
  status: AnthropicErrorStatus,
  message: string,
  details?: JsonObject | null,
): { details?: JsonObject | null; type: string; message: string } {
  return { ...(details === undefined ? {} : { details }), type: errorTypes[status], message }
}

/** Reads the code of its details, or else the type, out of an error body; null where there is none. */
export function errorCodeOf(body: string): string | null {
  return codeOfError(errorInBody(body))
}

/** The code that an error object's details name, or else its type; null where it has neither. */
export function codeOfError(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const { type, details } = error as { type?: unknown; details?: unknown }
  const code = (details as { error_code?: unknown } | null | undefined)?.error_code
  if (typeof code === 'string') return code
  return typeof type === 'string' ? type : null
}
