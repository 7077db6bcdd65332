import type { Fault, FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import type { FaultFamily } from '../catalogue-member.ts'
import { every } from './every.ts'
import type { Span } from './span.ts'
import { familyOf } from './striking.ts'

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
  /** A guard of spending that cuts the agent off in the middle of a call. */
  readonly budgetKill: () => FaultSource
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
  /** One fault as plain data: every call within a span of virtual time meets an overload, in the words of its service. */
  readonly outage: (span: Span & { retryAfterSeconds?: number }) => Fault
}

/** Faults of model providers: limits, errors, connections, overflows, slowness. `name` aims at one endpoint, `*` at all. */
export function provider(name = '*'): ProviderFaults {
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
    budgetKill: of('governance'),
    latency: (parameters) => every('latency.lognormal', target, parameters),
    outage: ({ fromMs, toMs, ...parameters }) => every('overload', target, parameters, { on: 'between', fromMs, toMs }),
  }
}
