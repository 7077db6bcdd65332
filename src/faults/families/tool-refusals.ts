import * as fc from 'fast-check'
import { z } from 'zod'
import { jsonReply } from '../../wire/reply.ts'
import { anyFunction } from '../../wire/seam.ts'
import { type AnyMember, type Effect, defineMember } from '../catalogue-member.ts'
import { isPlain } from './value-parts.ts'

const common = {
  family: 'tool failures',
  targets: ['tool'],
  bookedOn: 'tool',
  parameters: z.strictObject({}),
  arbitrary: fc.constant({}),
} as const
const seams = ['http', ...anyFunction] as const

/** Tools that refuse, for good, what they are asked. */
export const toolRefusalMembers: readonly AnyMember[] = [
  defineMember({
    ...common,
    id: 'tool.401',
    summary: 'the back end answers 401: the credentials of the agent have expired',
    source: 'RFC 9110 section 15.5.2, with the challenge of RFC 6750',
    strike: () => ({
      instead: () => jsonReply(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' }),
    }),
  }),
  defineMember({
    ...common,
    id: 'tool.403',
    summary: 'the back end answers 403: the agent may not do this',
    source: 'RFC 9110 section 15.5.4',
    strike: () => ({ instead: () => jsonReply(403, { error: 'forbidden' }) }),
  }),
  defineMember({
    ...common,
    id: 'tool.permanent_error',
    seams,
    summary: 'the tool has done nothing and says that no retry will help: 422, or an Error with the code PERMANENT',
    source: 'RFC 9110 section 15.5.21; errors that libraries mark as not retryable',
    strike: () => refusal(422, 'PERMANENT', 'the order can never be processed; do not retry'),
  }),
  defineMember({
    ...common,
    id: 'tool.removed',
    seams,
    summary: 'the tool is no longer there: 410, or an Error with the code TOOL_REMOVED',
    source: 'RFC 9110 section 15.5.11; tools are taken away while an agent runs',
    strike: () => refusal(410, 'TOOL_REMOVED', 'this tool has been removed'),
  }),
  defineMember({
    ...common,
    id: 'tool.schema_changed',
    seams,
    summary:
      'the tool has renamed an argument and refuses the old name: 422, or an Error with the code INVALID_ARGUMENTS',
    source: 'AGT tool_wrong_schema; back ends change between releases',
    strike(call) {
      const args: unknown = call.view.tool?.arguments
      const name = isPlain(args) ? Object.keys(args)[0] : undefined
      if (name === undefined) return null
      return refusal(422, 'INVALID_ARGUMENTS', `unknown argument "${name}"; expected "${name}_v2"`)
    },
  }),
]

function refusal(status: number, code: string, message: string): Effect {
  return {
    instead: () => jsonReply(status, { error: message, code }),
    local: { instead: () => ({ thrown: Object.assign(new Error(message), { code }) }) },
  }
}
