import type { NetworkRequest } from '../../simulation/network.ts'
import type { Reply } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'
import { type AnthropicErrorStatus, anthropicError } from './errors.ts'
import { type MessagesRequest, RefusedRequest } from './messages-request.ts'
import { requestIdHeader, serviceHeaders } from './service-headers.ts'

/**
 * The service's answer to a request that no model will see: too large, without a key, without a version, or malformed,
 * in this order; null for any other.
 *
 * A key is not compared with anything: that one was sent is enough.
 * Source of the words: error bodies recorded in public issue threads.
 */
export function refusal(
  request: NetworkRequest,
  parsed: MessagesRequest | RefusedRequest,
  context: UpstreamContext,
): Reply | null {
  const refuse = (status: AnthropicErrorStatus, message: string, headers = serviceHeaders(context)): Reply =>
    anthropicError(status, message, { headers })
  const isRefused = parsed instanceof RefusedRequest
  if (isRefused && parsed.status === 413) return refuse(413, parsed.message, requestIdHeader(context))
  if (!hasKey(request)) return refuse(401, 'x-api-key header is required', requestIdHeader(context))
  if (!request.header('anthropic-version')) return refuse(400, 'anthropic-version: header is required')
  return isRefused ? refuse(parsed.status, parsed.message) : null
}

function hasKey({ header }: NetworkRequest): boolean {
  return Boolean(header('x-api-key')) || header('authorization')?.startsWith('Bearer ') === true
}
