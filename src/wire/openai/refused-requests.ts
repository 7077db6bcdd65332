import type { NetworkRequest } from '../../simulation/network.ts'
import type { Reply } from '../reply.ts'
import { openAiError } from './errors.ts'

/** 400 `invalid_request_error` in the service's envelope. */
export function invalidRequest(
  { message, param = null, code = null }: { message: string; param?: string | null; code?: string | null },
  headers: Readonly<Record<string, string>>,
): Reply {
  return openAiError(400, { message, type: 'invalid_request_error', param, code }, headers)
}

/** 401 for a request without a bearer key, in the service's words; null where it has one. */
export function withoutKey(request: NetworkRequest, headers: Readonly<Record<string, string>>): Reply | null {
  if (request.header('authorization')?.startsWith('Bearer ') === true) return null
  const message =
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
  return openAiError(401, { message, type: 'invalid_request_error', param: null, code: null }, headers)
}
