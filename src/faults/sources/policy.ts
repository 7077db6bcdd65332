import * as fc from 'fast-check'
import type { FaultTarget } from '../../contract/fault.ts'
import type { JsonObject } from '../../contract/json.ts'
import { memberArbitrary } from '../arbitraries/member.ts'
import type { FaultSource } from '../arbitraries/plan.ts'

/** A tool call that an attack asks for. */
export interface Demand {
  readonly tool: string
  readonly arguments: JsonObject
}

/** The attacks of a scenario; each kind that is named takes part in the search. */
export interface PolicyAttacks {
  /** Calls of tools that the policy forbids. */
  readonly forbidden?: readonly Demand[]
  /** Calls of gated tools that nobody would approve. */
  readonly gated?: readonly Demand[]
  /** Calls that carry a secret in their arguments: its name, and `{{secret}}` or `{{secret:base64}}` where its value goes. */
  readonly canaries?: readonly (Demand & { readonly secret: string })[]
  /** Calls that a text planted in a tool's answer asks for. */
  readonly planted?: readonly Demand[]
  /** Calls that hand the task on, with which the model then answers for ever. */
  readonly delegations?: readonly Demand[]
}

/**
 * Attacks on the agent's policy, made of the calls that the scenario names.
 *
 * @param plantedIn in whose answers a text is planted: those of tools with a back end or in the agent's process, which is
 * the default, or those of tools behind MCP servers
 */
export function policy(
  { forbidden = [], gated = [], canaries = [], planted = [], delegations = [] }: PolicyAttacks,
  plantedIn: readonly ('tool' | 'mcp')[] = ['tool'],
): FaultSource[] {
  const model: FaultTarget = { kind: 'model', name: '*' }
  return [
    ...attack('policy.forbidden_tool', model, forbidden),
    ...attack('policy.gated_tool', model, gated),
    ...attack('policy.canary_in_arguments', model, canaries),
    ...plantedIn.flatMap((kind) => attack('policy.planted_instruction', { kind, name: '*' }, planted)),
    ...attack('delegation.loop', model, delegations),
  ]
}

function attack(id: string, target: FaultTarget, demands: readonly JsonObject[] | readonly Demand[]): FaultSource[] {
  if (demands.length === 0) return []
  const parameters = fc.constantFrom(...demands.map((demand) => ({ ...demand })))
  const arbitrary = memberArbitrary(id, target, parameters)
  return [{ family: 'policy violations', choices: [{ id, target, parameters }], arbitrary }]
}
