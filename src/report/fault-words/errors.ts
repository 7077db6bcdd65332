import type { FaultWords } from './predicate.ts'

export const errorWords: FaultWords = {
  'openai.500': () => 'is answered 500 server_error',
  'openai.502': () => 'is answered 502 with an HTML page',
  'openai.503': ({ text, has }) =>
    `is answered 503 server_is_overloaded${has('retryAfterSeconds') ? `, to be retried after ${text('retryAfterSeconds')} s` : ''}`,
  'openai.504': () => 'is answered 504 with an HTML page',
  'openai.400': () => 'is answered 400 invalid_request_error',
  'openai.401': () => 'is answered 401 invalid_api_key',
  'openai.403': () => 'is answered 403 request_forbidden',
  'openai.404': () => 'is answered 404 model_not_found',
  'openai.422': () => 'is answered 422, as a request that does not fit',
  'anthropic.500': () => 'is answered 500 api_error',
  'anthropic.504': () => 'is answered 504 timeout_error',
  'anthropic.529': () => 'is answered 529 overloaded_error',
  'anthropic.401': () => 'is answered 401 authentication_error',
  'anthropic.403': () => 'is answered 403 permission_error',
  'anthropic.404': () => 'is answered 404 not_found_error',
  'anthropic.409': () => 'is answered 409 conflict_error',
  'anthropic.413': ({ text }) => `is answered 413 as too large, in ${text('form')}`,
  'anthropic.400.pairing': () => 'is answered 400 for a tool call without its result',
}
