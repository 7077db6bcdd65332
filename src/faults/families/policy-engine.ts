import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { type Reply, jsonReply } from '../../wire/reply.ts'
import { type AnyMember, type CatalogueMember, type Effect, defineMember } from '../catalogue-member.ts'
import { onJsonBody } from './changed-body.ts'

const none = z.strictObject({})
const malformed = ['no_result', 'no_boolean', 'cut', 'html'] as const
const api = 'https://www.openpolicyagent.org/docs/rest-api'
const enumerated = 'POLICY_ENGINE faults of the Agent Governance Toolkit'

/**
 * What a policy engine says when it should not be believed, or not be waited for. That it cannot be reached, hangs or is
 * slow are faults of every service: `net.*`, `gateway.*` and `latency.*` strike it, too.
 */
export const policyEngineMembers: readonly AnyMember[] = [
  governed({
    id: 'policy.engine.error',
    targets: ['policy'],
    bookedOn: 'tool',
    summary: 'the engine throws: it answers 500 and has decided nothing',
    source: api,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: () => jsonReply(500, { code: 'internal_error', message: 'error(s) occurred while evaluating query' }),
    }),
  }),
  governed({
    id: 'policy.engine.malformed',
    targets: ['policy'],
    bookedOn: 'tool',
    summary:
      'the answer is no decision under the status of one: an undefined result, a word for a boolean, JSON that is cut, an HTML page',
    source: `${api}; an undefined decision is an empty object`,
    parameters: z.strictObject({ form: z.enum(malformed).default('no_result').describe('what stands in its place') }),
    arbitrary: fc.record({ form: fc.constantFrom(...malformed) }),
    strike: (_call, { form }) => ({ afterwards: (reply) => malformedReplies[form](reply) }),
  }),
  governed({
    id: 'policy.engine.permissive',
    targets: ['policy'],
    bookedOn: 'agent',
    summary: 'the engine allows what it would deny: everything',
    source: enumerated,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => onDecision((allow) => (allow ? null : true)),
  }),
  governed({
    id: 'policy.engine.inverted',
    targets: ['policy'],
    bookedOn: 'tool',
    summary: 'the engine says the opposite of what it should',
    source: 'our own: a rule whose sense was turned round',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => onDecision((allow) => !allow),
  }),
  governed({
    id: 'policy.engine.changed',
    targets: ['policy'],
    bookedOn: 'tool',
    summary: 'the policy has been changed in the middle of a task: what was allowed before is denied now',
    source: 'faults.md section 10: policy changed mid-run',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => onDecision((allow) => (allow ? false : null)),
  }),
]

/** A member of the family of what governs the agent: policy engines, approvals, spending guards. */
export function governed<Parameters extends JsonObject>(
  member: Omit<CatalogueMember<Parameters>, 'family'>,
): AnyMember {
  return defineMember({ ...member, family: 'governance' })
}

const malformedReplies: Readonly<Record<(typeof malformed)[number], (reply: Reply) => Reply>> = {
  no_result: (reply) => ({ ...reply, body: '{}' }),
  no_boolean: (reply) => ({ ...reply, body: '{"result":{"allow":"true"}}' }),
  cut: (reply) => ({ ...reply, body: '{"result":{"allow":tr' }),
  html: (reply) => ({ ...reply, headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' }),
}

/** Changes a decision; null leaves it, and then nothing has been struck. */
function onDecision(change: (allow: boolean) => boolean | null): Effect {
  return onJsonBody((body) => {
    const parsed = decisionSchema.safeParse(body)
    if (!parsed.success) return null
    const allow = change(parsed.data.result.allow)
    return allow === null ? null : { ...body, result: { ...parsed.data.result, allow } }
  })
}

const decisionSchema = z.object({ result: z.object({ allow: z.boolean() }).catchall(z.json()) })
