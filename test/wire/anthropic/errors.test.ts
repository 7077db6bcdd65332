import Anthropic, { type APIError } from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { type AnthropicErrorStatus, anthropicError } from '../../../src/wire/anthropic/errors.ts'
import type { Reply } from '../../../src/wire/reply.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { play, rejection } from '../_play.ts'
import { client, greeting } from './_client.ts'

/** The endpoint, as it would be if it gave nothing but this answer. */
function answering(reply: Reply): Upstream {
  return { ...anthropicMessages({ script: [] }), handle: () => reply }
}

const failing = (reply: Reply, maxRetries = 0) =>
  play({ upstreams: [answering(reply)] }, () => rejection(client({ maxRetries }).messages.create(greeting)))

const headers = { 'request-id': 'req_1', 'anthropic-organization-id': 'org' }

const classes: readonly (readonly [
  AnthropicErrorStatus,
  abstract new (...args: never[]) => APIError,
  string,
  string,
])[] = [
  [400, Anthropic.BadRequestError, 'invalid_request_error', 'neutral'],
  [401, Anthropic.AuthenticationError, 'authentication_error', 'neutral'],
  [402, Anthropic.PaymentRequiredError, 'billing_error', 'neutral'],
  [403, Anthropic.PermissionDeniedError, 'permission_error', 'neutral'],
  [404, Anthropic.NotFoundError, 'not_found_error', 'neutral'],
  [409, Anthropic.ConflictError, 'conflict_error', 'failure'],
  [413, Anthropic.ContentTooLargeError, 'request_too_large', 'neutral'],
  [429, Anthropic.RateLimitError, 'rate_limit_error', 'failure'],
  [500, Anthropic.InternalServerError, 'api_error', 'failure'],
  [504, Anthropic.GatewayTimeoutError, 'timeout_error', 'failure'],
  [529, Anthropic.OverloadedError, 'overloaded_error', 'failure'],
]

describe('an error', () => {
  it.each(classes)('of status %i is thrown by the client as its class', async (status, thrown, type, outcomeClass) => {
    const { value, events } = await failing(anthropicError(status, 'No.', { headers }))
    expect(value).toBeInstanceOf(thrown)
    expect(value).toMatchObject({ status, type, apiMessage: 'No.', requestID: 'req_1', errorCode: null, details: null })
    expect((value as APIError).error).toEqual({
      type: 'error',
      error: { type, message: 'No.' },
      request_id: 'req_1',
    })
    expect(events.at(-1)).toMatchObject({ type: 'response.end', status, class: outcomeClass, errorCode: type })
  })

  it('is told apart by the code of its details, which the trace keeps', async () => {
    const details = { error_code: 'enforced_spend_limit_reached' }
    const { value, events } = await failing(anthropicError(429, 'No more.', { headers, details }))
    expect(value).toMatchObject({ type: 'rate_limit_error', errorCode: 'enforced_spend_limit_reached', details })
    expect(events.at(-1)).toMatchObject({ errorCode: 'enforced_spend_limit_reached' })
  })

  it('sends details that are null, as the service does when it is overloaded', async () => {
    const { events } = await failing(anthropicError(529, 'Overloaded', { headers, details: null }))
    const end = events.find((event) => event.type === 'response.end')
    expect(end?.body).toBe(
      '{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}',
    )
  })

  it.each([
    [400, 1],
    [409, 3],
    [413, 1],
    [429, 3],
    [500, 3],
    [529, 3],
  ] as const)('of status %i is met by %i attempts of a client that repeats twice', async (status, attempts) => {
    const { events } = await failing(anthropicError(status, 'No.', { headers }), 2)
    expect(events.filter(({ type }) => type === 'request.sent')).toHaveLength(attempts)
  })

  it('whose body is a page has no code', async () => {
    const page: Reply = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>502 Bad Gateway</html>' }
    const { value, events } = await failing(page)
    expect(value).toBeInstanceOf(Anthropic.InternalServerError)
    expect(events.at(-1)).toMatchObject({ class: 'failure', errorCode: null, model: null })
  })
})
