import { uuid } from '../openai/identifiers.ts'
import { type Reply, jsonReply } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'

/** The exceptions of the service, each with its status. */
const statuses = {
  ValidationException: 400,
  AccessDeniedException: 403,
  MissingAuthenticationTokenException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const

export type BedrockException = keyof typeof statuses

const namespace = 'http://internal.amazon.com/coral/com.amazon.bedrock/'

/** The header on every answer, errors included: `x-amzn-requestid`. */
export function serviceHeaders({ seed, call }: Pick<UpstreamContext, 'seed' | 'call'>): Record<string, string> {
  return { 'x-amzn-requestid': uuid('bedrock', seed, call) }
}

/**
 * An error reply: a message in the body, and its kind in the header `x-amzn-errortype` alone.
 *
 * Source of the shape: docs.aws.amazon.com, Amazon Bedrock API reference ("Converse", errors); headers as recorded in
 * aws-samples/amazon-bedrock-client-for-mac#99.
 */
export function bedrockError(
  exception: BedrockException,
  message: string,
  headers: Readonly<Record<string, string>>,
): Reply {
  return jsonReply(statuses[exception], { message }, { 'x-amzn-errortype': `${exception}:${namespace}`, ...headers })
}

/** Reads the kind of an error, e.g. `ThrottlingException`, out of its header; null where it has none. */
export function errorCodeOf({ headers }: Reply): string | null {
  return headers['x-amzn-errortype']?.split(':', 1)[0] ?? null
}

/** What the service says of a prompt that its model cannot hold. */
export const tooLong = 'Input is too long for requested model.'

/** What the service says of a limit that is used up; none of it tells how long to wait. */
export const throttled = {
  requests: 'Too many requests, please wait before trying again.',
  tokens: 'Too many tokens, please wait before trying again.',
  tokens_per_day: 'Too many tokens per day, please wait before trying again.',
} as const

export const unexpected = 'The system encountered an unexpected error during processing. Try your request again.'
export const unavailable = 'Bedrock is unable to process your request.'
