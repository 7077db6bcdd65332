import * as fc from 'fast-check'
import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { type AnyMember, type Effect, defineMember } from '../catalogue-member.ts'

const parameters = z.strictObject({
  tool: z.string().min(1).default('delegate').describe('the tool that hands a task on'),
  arguments: jsonObjectSchema.default({}).describe('its arguments'),
})

/** Agents that hand a task on. */
export const delegationMembers: readonly AnyMember[] = [
  defineMember({
    id: 'delegation.loop',
    family: 'policy violations',
    targets: ['model'],
    bookedOn: 'agent',
    summary:
      'the model hands the task on, and from then on every model of that endpoint does: agents delegate to each other without end',
    source: 'faults.md section 10: two agents that wait for each other; loops as in agentbreak',
    parameters,
    arbitrary: fc.constant({ tool: 'delegate', arguments: {} }),
    strike(call, demand, _draw, memory) {
      const effect = delegate(call, demand)
      if (effect !== null) memory.planted = call.upstream.name
      return effect
    },
    follow: (call, demand, { planted }) => (planted === call.upstream.name ? delegate(call, demand) : null),
  }),
]

/** Delegating is nothing forbidden: no action is demanded that the agent should have kept from happening. */
function delegate(
  { upstream, view }: UpstreamCall,
  { tool, arguments: args }: { tool: string; arguments: JsonObject },
): Effect | null {
  const compose = upstream.compose?.bind(upstream)
  if (compose === undefined) return null
  return { instead: (context) => compose({ toolCalls: [{ name: tool, arguments: args }] }, view, context) }
}
