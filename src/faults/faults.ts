import * as fc from 'fast-check'
import type { Fault, FaultTarget, Trigger } from '../contract/fault.ts'
import type { JsonObject } from '../contract/json.ts'
import { memberArbitrary } from './arbitraries/member.ts'
import { type FaultSource, swarm } from './arbitraries/plan.ts'
import type { FaultFamily } from './catalogue-member.ts'
import { catalogue } from './catalogue.ts'

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
}

/** What can go wrong at a model provider. */
export interface ProviderFaults {
  readonly all: () => FaultSource[]
  readonly rateLimits: () => FaultSource
  readonly contextOverflows: () => FaultSource
  readonly slowness: () => FaultSource
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
}

/** What can go wrong between the agent and the back end of a tool. */
export interface ToolFaults {
  readonly all: () => FaultSource[]
  readonly failures: () => FaultSource
  readonly slowness: () => FaultSource
  /** One fault as plain data: a share of the calls is answered 5xx; 500 unless a status is given. */
  readonly error: (parameters: { rate: number; status?: 500 | 502 | 503 | 504 }) => Fault
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
}

/** Faults of model providers: limits, overflows, slowness. `name` aims at one endpoint, `*` at all. */
function provider(name = '*'): ProviderFaults {
  const target: FaultTarget = { kind: 'model', name }
  return {
    all: () => [family('rate limits', target), family('context overflows', target), family('latency', target)],
    rateLimits: () => family('rate limits', target),
    contextOverflows: () => family('context overflows', target),
    slowness: () => family('latency', target),
    latency: (parameters) => every('latency.lognormal', target, parameters),
  }
}

/** Faults between the agent and the back end of one tool, or of all (`*`). */
function tool(name: string): ToolFaults {
  const target: FaultTarget = { kind: 'tool', name }
  return {
    all: () => [family('tool failures', target), family('latency', target), family('context overflows', target)],
    failures: () => family('tool failures', target),
    slowness: () => family('latency', target),
    error: ({ rate, status = 500 }) => ({
      id: 'tool.error',
      target,
      trigger: { on: 'rate', rate },
      parameters: { status },
    }),
    latency: (parameters) => every('latency.lognormal', target, parameters),
  }
}

/** Attacks on the agent's policy, made of the calls that the scenario names. */
function policy({ forbidden = [], gated = [], canaries = [], planted = [] }: PolicyAttacks): FaultSource[] {
  const model: FaultTarget = { kind: 'model', name: '*' }
  const anyTool: FaultTarget = { kind: 'tool', name: '*' }
  return [
    ...attack('policy.forbidden_tool', model, forbidden),
    ...attack('policy.gated_tool', model, gated),
    ...attack('policy.canary_in_arguments', model, canaries),
    ...attack('policy.planted_instruction', anyTool, planted),
  ]
}

/** The faults a scenario author chooses from. */
export const faults = { provider: Object.assign(provider, provider()), tool, policy, swarm, every }

/** One fault on every call of a target, as plain data. */
function every(
  id: string,
  target: FaultTarget,
  parameters: JsonObject,
  trigger: Trigger = { on: 'every', n: 1 },
): Fault {
  return { id, target, trigger, parameters }
}

/** Every member of a family that can strike the target and needs nothing from the scenario. */
function family(name: FaultFamily, target: FaultTarget): FaultSource {
  const members = catalogue.filter((member) => member.family === name && member.targets.includes(target.kind))
  return { family: name, arbitrary: fc.oneof(...members.map(({ id }) => memberArbitrary(id, target))) }
}

function attack(id: string, target: FaultTarget, demands: readonly JsonObject[] | readonly Demand[]): FaultSource[] {
  if (demands.length === 0) return []
  const parameters = fc.constantFrom(...demands.map((demand) => ({ ...demand })))
  return [{ family: 'policy violations', arbitrary: memberArbitrary(id, target, parameters) }]
}
