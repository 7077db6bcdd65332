import type { Fault, FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { every } from './every.ts'
import { familyOf } from './striking.ts'

/** What can go wrong between the agent and an MCP server. */
export interface McpFaults {
  readonly all: () => FaultSource[]
  /** What goes wrong in words of the protocol: errors, replies that are wrong or late, connections that end. */
  readonly protocol: () => FaultSource
  readonly transport: () => FaultSource
  /** What stands before the server answers in its place. */
  readonly gateway: () => FaultSource
  readonly slowness: () => FaultSource
  /** One fault as plain data: a share of the tool calls fails, and has done nothing. */
  readonly toolError: (parameters: { rate: number }) => Fault
  /** One fault as plain data: every answer comes later by a log-normal time. */
  readonly latency: (parameters: { p50Ms: number; p99Ms: number }) => Fault
}

/** Faults between the agent and one MCP server, or all (`*`). */
export function mcp(name = '*'): McpFaults {
  const target: FaultTarget = { kind: 'mcp', name }
  const sources = {
    protocol: () => familyOf('MCP', target),
    transport: () => familyOf('transport', target),
    gateway: () => familyOf('server errors', target),
    slowness: () => familyOf('latency', target),
  }
  return {
    ...sources,
    all: () => Object.values(sources).map((source) => source()),
    toolError: ({ rate }) => every('mcp.tool_error', target, {}, { on: 'rate', rate }),
    latency: (parameters) => every('latency.lognormal', target, parameters),
  }
}
