import * as fc from 'fast-check'
import { z } from 'zod'
import { bodyText, jsonReply } from '../../wire/reply.ts'
import { anyFunction } from '../../wire/seam.ts'
import { isOfFunction, onceReturned } from './at-function.ts'
import { onValue } from './changed-value.ts'
import { gatewayPage } from './gateway-page.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { isPlain } from './value-parts.ts'

const none = z.strictObject({})
const errorStatuses = [500, 502, 503, 504] as const
const statusParameters = z.strictObject({
  status: z
    .union(errorStatuses.map((status) => z.literal(status)))
    .default(500)
    .describe('HTTP status'),
})
const statusArbitrary = fc.record({ status: fc.constantFrom(...errorStatuses) })

const injectors = 'tool fault injectors of agent frameworks (strands, balagan, agent-chaos)'

/** What breaks between an agent and a tool's back end. */
export const toolFailureMembers: readonly AnyMember[] = [
  defineMember({
    id: 'tool.error',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    summary: 'the back end answers 5xx and has done nothing',
    source: injectors,
    parameters: statusParameters,
    arbitrary: statusArbitrary,
    strike: (_call, { status }) => ({ instead: () => jsonReply(status, { error: 'internal error' }) }),
  }),
  defineMember({
    id: 'tool.success_then_error',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    seams: ['http', ...anyFunction],
    summary: 'the tool does its work and then answers 5xx, or throws: a retry would do it twice',
    source: 'field experience with refunds and bookings: the work is done, the answer says otherwise',
    parameters: statusParameters,
    arbitrary: statusArbitrary,
    strike: (call, { status }) => ({
      afterwards: () => jsonReply(status, { error: 'internal error' }),
      ...onceReturned(call, () => ({ thrown: new Error('internal error') })),
    }),
  }),
  defineMember({
    id: 'tool.success_then_silence',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    seams: ['http', 'function'],
    summary: 'the tool does its work and the answer never arrives: the caller times out on a call that succeeded',
    source: 'field experience with gateways: the work is done after the caller has given up',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => ({ afterwards: () => ({ silence: true }), ...onceReturned(call, () => ({ silence: true })) }),
  }),
  defineMember({
    id: 'tool.429',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    summary: 'the back end is rate limited and says for how long',
    source: 'RFC 6585 section 4, with Retry-After of RFC 9110',
    parameters: z.strictObject({
      retryAfterSeconds: z.int().min(0).max(3_600).default(1).describe('seconds that retry-after asks to wait'),
    }),
    arbitrary: fc.record({ retryAfterSeconds: fc.constantFrom(1, 5, 30) }),
    strike: (_call, { retryAfterSeconds }) => ({
      instead: () => jsonReply(429, { error: 'too many requests' }, { 'retry-after': String(retryAfterSeconds) }),
    }),
  }),
  defineMember({
    id: 'tool.not_found',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    seams: ['http', ...anyFunction],
    summary: 'the tool finds nothing: 404, or an Error with the code NOT_FOUND',
    source: 'RFC 9110 section 15.5.5',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: () => jsonReply(404, { error: 'not found' }),
      local: { instead: () => ({ thrown: Object.assign(new Error('not found'), { code: 'NOT_FOUND' }) }) },
    }),
  }),
  defineMember({
    id: 'tool.empty',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    seams: ['http', ...anyFunction],
    summary: 'the tool answers with success and an empty object',
    source: injectors,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => ({
      afterwards: (reply) => ({ ...reply, body: '{}' }),
      ...(isOfFunction(call) ? onValue(() => ({})) : {}),
    }),
  }),
  defineMember({
    id: 'tool.truncated',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    seams: ['http', ...anyFunction],
    summary: 'the JSON of the answer is cut in half; of a value, each text and each list that is not inside another',
    source: injectors,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => ({
      afterwards: (reply) => ({ ...reply, body: bodyText(reply).slice(0, Math.floor(bodyText(reply).length / 2)) }),
      ...(isOfFunction(call) ? onValue(halved) : {}),
    }),
  }),
  defineMember({
    id: 'tool.html',
    family: 'tool failures',
    targets: ['tool'],
    bookedOn: 'tool',
    summary: 'a gateway answers 502 with an HTML page where JSON was expected',
    source: "nginx's default error page",
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => gatewayPage(502) }),
  }),
]

function halved(value: unknown): unknown {
  if (typeof value === 'string' || Array.isArray(value)) return value.slice(0, Math.floor(value.length / 2))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, halved(field)]))
}
