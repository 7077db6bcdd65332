import * as fc from 'fast-check'
import type { Fault, FaultTarget, Trigger } from '../contract/fault.ts'
import type { JsonObject } from '../contract/json.ts'
import { memberArbitrary } from './arbitraries/member.ts'
import { type FaultSource, sourceOf, swarm } from './arbitraries/plan.ts'
import type { AnyMember, FaultFamily } from './catalogue-member.ts'
import { catalogue } from './catalogue.ts'
import { anthropicStreamMembers } from './families/anthropic-streams.ts'
import { responsesStreamMembers } from './families/responses-streams.ts'
import { streamChangeMembers } from './families/stream-changes.ts'
import { streamCutMembers } from './families/stream-cuts.ts'

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

/** A span of virtual time, from the start of the trial. */
interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** What can go wrong at a model provider. */
export interface ProviderFaults {
  /** Everything but what happens inside a stream, which `faults.stream` has, and the replies that are wrong in themselves. */
  readonly all: () => FaultSource[]
  readonly rateLimits: () => FaultSource
  readonly serverErrors: () => FaultSource
  readonly transport: () => FaultSource
  readonly rejections: () => FaultSource
  readonly contextOverflows: () => FaultSource
  /** Replies under the status 200 that are none: cut, filtered, declined, empty, with tool calls or bodies that are wrong. */
  readonly wrongReplies: () => FaultSource
  readonly slowness: () => FaultSource
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
  /** One fault as plain data: every call within a span of virtual time is answered 503. */
  readonly outage: (span: Span & { retryAfterSeconds?: number }) => Fault
}

/** What can go wrong inside a streamed reply; a request that wants no stream is not struck. */
export interface StreamFaults {
  readonly all: () => FaultSource[]
  /** Streams that end too early, or never. */
  readonly cuts: () => FaultSource
  /** Streams that come slowly, in other pieces, or say what they should not. */
  readonly changes: () => FaultSource
}

/** What can go wrong between the agent and the back end of a tool. */
export interface ToolFaults {
  readonly all: () => FaultSource[]
  /** The failures of back ends, and those of the connection to them. */
  readonly failures: () => FaultSource[]
  readonly transport: () => FaultSource
  readonly slowness: () => FaultSource
  /** One fault as plain data: a share of the calls is answered 5xx; 500 unless a status is given. */
  readonly error: (parameters: { rate: number; status?: 500 | 502 | 503 | 504 }) => Fault
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
  /** One fault as plain data: every call within a span of virtual time is answered 503. */
  readonly outage: (span: Span) => Fault
}

/** Faults of model providers: limits, errors, connections, overflows, slowness. `name` aims at one endpoint, `*` at all. */
function provider(name = '*'): ProviderFaults {
  const target: FaultTarget = { kind: 'model', name }
  const of = (family: FaultFamily) => () => familyOf(family, target)
  const sources = {
    rateLimits: of('rate limits'),
    serverErrors: of('server errors'),
    transport: of('transport'),
    rejections: of('rejections'),
    contextOverflows: of('context overflows'),
    slowness: of('latency'),
  }
  return {
    ...sources,
    all: () => Object.values(sources).map((source) => source()),
    wrongReplies: of('wrong replies'),
    latency: (parameters) => every('latency.lognormal', target, parameters),
    outage: ({ fromMs, toMs, ...parameters }) =>
      every('openai.503', target, parameters, { on: 'between', fromMs, toMs }),
  }
}

/** Faults inside streamed replies. `name` aims at one endpoint, `*` at all. */
function stream(name = '*'): StreamFaults {
  const target: FaultTarget = { kind: 'model', name }
  const cuts = () => strikingOf('streams', streamCutMembers, target)
  const changes = () =>
    strikingOf('streams', [...streamChangeMembers, ...anthropicStreamMembers, ...responsesStreamMembers], target)
  return { cuts, changes, all: () => [cuts(), changes()] }
}

/** Faults between the agent and the back end of one tool, or of all (`*`). */
function tool(name: string): ToolFaults {
  const target: FaultTarget = { kind: 'tool', name }
  const transport = () => familyOf('transport', target)
  const slowness = () => familyOf('latency', target)
  const failures = () => [familyOf('tool failures', target), transport()]
  return {
    failures,
    transport,
    slowness,
    all: () => [...failures(), slowness(), familyOf('context overflows', target)],
    error: ({ rate, status = 500 }) => every('tool.error', target, { status }, { on: 'rate', rate }),
    latency: (parameters) => every('latency.lognormal', target, parameters),
    outage: (span) => every('tool.error', target, { status: 503 }, { on: 'between', ...span }),
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
export const faults = {
  provider: Object.assign(provider, provider()),
  stream: Object.assign(stream, stream()),
  tool,
  policy,
  swarm,
  every,
}

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
function familyOf(name: FaultFamily, target: FaultTarget): FaultSource {
  return strikingOf(
    name,
    catalogue.filter((member) => member.family === name),
    target,
  )
}

function strikingOf(family: FaultFamily, members: readonly AnyMember[], target: FaultTarget): FaultSource {
  const striking = members.filter(({ targets }) => targets.includes(target.kind))
  return sourceOf(
    family,
    striking.map(({ id }) => ({ id, target })),
  )
}

function attack(id: string, target: FaultTarget, demands: readonly JsonObject[] | readonly Demand[]): FaultSource[] {
  if (demands.length === 0) return []
  const parameters = fc.constantFrom(...demands.map((demand) => ({ ...demand })))
  const arbitrary = memberArbitrary(id, target, parameters)
  return [{ family: 'policy violations', choices: [{ id, target, parameters }], arbitrary }]
}
