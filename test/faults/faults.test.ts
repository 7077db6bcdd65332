import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookedOn } from '../../src/faults/booked-on.ts'
import { type UpstreamKind, upstreamKinds } from '../../src/contract/upstream-kind.ts'
import { catalogue, catalogueMember } from '../../src/faults/catalogue.ts'
import { faults } from '../../src/faults/faults.ts'
import { fault, modelTarget, toolTarget } from './_strike.ts'

const familiesOf = (sources: readonly { family: string }[]): string[] => [
  ...new Set(sources.map(({ family }) => family)),
]

describe('the faults that an author chooses from', () => {
  it('are, of a provider, all but those inside a stream', () => {
    expect(familiesOf(faults.provider.all())).toEqual([
      'rate limits',
      'server errors',
      'transport',
      'rejections',
      'context overflows',
      'latency',
    ])
    expect(familiesOf(faults.stream.all())).toEqual(['streams'])
  })

  it('are, of a tool, its own and those of the connection to it', () => {
    expect(familiesOf(faults.tool('refund').all())).toEqual([
      'tool failures',
      'function failures',
      'transport',
      'latency',
      'context overflows',
    ])
    expect(familiesOf(faults.tool('refund').failures())).toEqual(['tool failures', 'function failures', 'transport'])
  })

  it.each([
    ['cuts', faults.stream('backup').cuts(), /^sse\.(cut\.|stall|nodone)/],
    ['changes', faults.stream('backup').changes(), /^(sse\.(?!cut\.|stall|nodone)|tool\.index$)/],
    [
      'server errors',
      faults.provider('backup').serverErrors(),
      /^(overload|openai\.(50\d|408)|(anthropic|gemini|bedrock)\.(5\d\d|408)|gateway\.(5\d\d|empty)|x-should-retry\.false)$/,
    ],
    [
      'rejections',
      faults.provider('backup').rejections(),
      /^((openai|anthropic|gemini|bedrock)\.4\d\d(\.pairing|\.content_filter|\.key)?|x-should-retry\.true)$/,
    ],
    ['transport', faults.provider('backup').transport(), /^net\./],
  ])('aim %s at the endpoint that is named', (_what, source, id) => {
    for (const one of fc.sample(source.arbitrary, { numRuns: 200, seed: 5 })) {
      expect(one.id).toMatch(id)
      expect(one.target).toEqual({ kind: 'model', name: 'backup' })
    }
  })

  it('are, of an MCP server, those of the protocol and of the connection to it', () => {
    expect(familiesOf(faults.mcp('orders').all())).toEqual(['MCP', 'transport', 'server errors', 'latency'])
    for (const one of fc.sample(faults.mcp('orders').protocol().arbitrary, { numRuns: 200, seed: 5 })) {
      expect(one.id).toMatch(/^mcp\./)
      expect(one.target).toEqual({ kind: 'mcp', name: 'orders' })
    }
    expect(faults.mcp('orders').toolError({ rate: 0.05 })).toEqual({
      id: 'mcp.tool_error',
      target: { kind: 'mcp', name: 'orders' },
      trigger: { on: 'rate', rate: 0.05 },
      parameters: {},
    })
    expect(faults.mcp().latency({ p50Ms: 800, p99Ms: 6_000 })).toMatchObject({ target: { kind: 'mcp', name: '*' } })
  })

  it('are outages as plain data', () => {
    expect(faults.provider('backup').outage({ fromMs: 0, toMs: 60_000, retryAfterSeconds: 5 })).toEqual({
      id: 'overload',
      target: { kind: 'model', name: 'backup' },
      trigger: { on: 'between', fromMs: 0, toMs: 60_000 },
      parameters: { retryAfterSeconds: 5 },
    })
    expect(faults.tool('refund').outage({ fromMs: 0, toMs: 60_000 })).toEqual({
      id: 'tool.error',
      target: { kind: 'tool', name: 'refund' },
      trigger: { on: 'between', fromMs: 0, toMs: 60_000 },
      parameters: { status: 503 },
    })
  })
})

/** Where a member can strike that is booked on what it strikes. */
function targetsOf(id: string): readonly UpstreamKind[] {
  if (/^net\.(length|limit_data|bad_chunk|bandwidth|slow_close)$/.test(id)) return ['model', 'tool', 'mcp']
  if (id.startsWith('function.')) return upstreamKinds.filter((kind) => kind !== 'model')
  // The pages of a gateway before a tool are failures of the tool.
  return id.startsWith('gateway.') ? upstreamKinds.filter((kind) => kind !== 'tool') : upstreamKinds
}

describe('a failure that a fault causes', () => {
  it('is booked on whoever could have helped it', () => {
    const budgets = Object.groupBy(catalogue, (member) => member.bookedOn)
    const familiesBookedOn = (budget: keyof typeof budgets) => familiesOf(budgets[budget] ?? [])
    expect(familiesBookedOn('provider')).toEqual([
      'rate limits',
      'server errors',
      'rejections',
      'streams',
      'wrong replies',
    ])
    expect(familiesBookedOn('tool')).toEqual(['tool failures', 'stores', 'MCP', 'governance'])
    expect(familiesBookedOn('agent')).toEqual([
      'rejections',
      'context overflows',
      'memory failures',
      'policy violations',
      'MCP',
      'clock',
      'process',
      'governance',
    ])
    expect(familiesBookedOn('target')).toEqual(['function failures', 'transport', 'latency', 'server errors'])
  })

  it('is booked on what it strikes, where it can strike both', () => {
    const parameters = { ms: 100 }
    expect(bookedOn(fault('latency.fixed', modelTarget, parameters))).toBe('provider')
    expect(bookedOn(fault('latency.fixed', toolTarget, parameters))).toBe('tool')
    expect(bookedOn(fault('openai.404', modelTarget))).toBe('provider')
    expect(bookedOn(fault('openai.400', modelTarget))).toBe('agent')
    for (const { id, targets } of catalogue.filter((member) => member.bookedOn === 'target')) {
      expect(targets, id).toEqual(targetsOf(id))
      expect(catalogueMember(id).bookedOn).toBe('target')
    }
  })
})
