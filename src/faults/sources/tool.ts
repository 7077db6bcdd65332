import type { Fault, FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { every } from './every.ts'
import type { Span } from './span.ts'
import { familyOf } from './striking.ts'

/** What can go wrong between the agent and the back end of a tool. */
export interface ToolFaults {
  readonly all: () => FaultSource[]
  /** The failures of back ends, of the connection to them, and of functions in the agent's own process. */
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

/** Faults between the agent and the back end of one tool, or of all (`*`). */
export function tool(name: string): ToolFaults {
  const target: FaultTarget = { kind: 'tool', name }
  const transport = () => familyOf('transport', target)
  const slowness = () => familyOf('latency', target)
  const inProcess = () => familyOf('function failures', target)
  const failures = () => [familyOf('tool failures', target), inProcess(), transport()]
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
