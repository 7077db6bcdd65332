/**
 * What an upstream can be to the agent.
 *
 * `approval` decides whether a call may be made, `policy` what is allowed at all; `mcp` is a server of the Model Context
 * Protocol; `store` keeps what the agent remembers; `telemetry` takes what it reports of itself. `other` is none of these.
 */
export const upstreamKinds = ['model', 'tool', 'approval', 'policy', 'mcp', 'store', 'telemetry', 'other'] as const

export type UpstreamKind = (typeof upstreamKinds)[number]
