import { describe, expect, it } from 'vitest'
import { type McpTool, mcpResult } from '../../../src/wire/mcp/mcp-tool.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import { catalogue } from '../../../src/faults/catalogue.ts'
import { type Era, converse, eras, findA1, forms, refundA1 } from '../../wire/mcp/_orders.ts'

type Form = (typeof forms)[number]
type Expected = object | ((era: Era, form: Form) => object)

const ways = eras.flatMap((era) => forms.map((form) => ({ era, form })))
const anything = expect.anything() as unknown
const containing = (text: string): unknown => expect.stringContaining(text)

/** An error of the protocol, as the official client throws it. */
const protocolError = (code: number, message: string, more: object = {}) => ({
  name: 'ProtocolError',
  code,
  message: containing(message),
  ...more,
})
/** Behind the timeout of the client, which is 60 s unless it is told otherwise. */
const timedOut = { name: 'SdkError', code: 'REQUEST_TIMEOUT', afterMs: 60_000 }
/** What the client makes of an answer in JSON that it cannot read, and of an event that it cannot read. */
const unreadable = (name: string) => (_era: Era, form: Form) => (form === 'json' ? { name } : timedOut)
const found = { content: [{ type: 'text', text: '{"total":40}' }], structuredContent: { total: 40 } }
const sampling = { requiredCapabilities: { sampling: {} } }

/** A fault on the second request of its kind that follows the handshake, and what the official client sees of it. */
const cases: readonly (readonly [id: string, parameters: JsonObject, expected: Expected])[] = [
  ['mcp.rpc.parse', {}, protocolError(-32_700, 'Parse error')],
  ['mcp.rpc.invalid_request', {}, protocolError(-32_600, 'Invalid Request')],
  // Over HTTP the modern era has a status of its own for it, which the client leaves to its transport.
  [
    'mcp.rpc.method_not_found',
    {},
    (era) =>
      era === 'legacy'
        ? protocolError(-32_601, 'Method not found')
        : { name: 'SdkHttpError', message: containing('"code":-32601'), data: { status: 404 } },
  ],
  ['mcp.rpc.invalid_params', {}, protocolError(-32_602, 'Invalid params')],
  ['mcp.rpc.internal', {}, protocolError(-32_603, 'Internal error')],
  ['mcp.unknown_tool', {}, protocolError(-32_602, 'Tool find_order not found')],
  ['mcp.unknown_tool', { why: 'disabled' }, protocolError(-32_602, 'Tool find_order disabled')],
  ['mcp.caps', {}, protocolError(-32_021, 'Missing required client capabilities: sampling', { data: sampling })],
  [
    'mcp.version',
    {},
    (era) => {
      const requested = era === 'legacy' ? '2025-11-25' : '2026-07-28'
      const data = { supported: ['2024-11-05'], requested }
      return protocolError(-32_022, `Unsupported protocol version: ${requested}`, { data })
    },
  ],
  [
    'mcp.url_elicit',
    {},
    protocolError(-32_042, 'URL elicitation required', {
      elicitations: [
        {
          mode: 'url',
          elicitationId: 'elicitation-1',
          url: 'https://accounts.example.com/authorize',
          message: 'Sign in to continue.',
        },
      ],
    }),
  ],
  ['mcp.ratelimit', { retryAfterSeconds: 5 }, protocolError(-32_000, 'retry after 5s')],
  ['mcp.tool_error', {}, { content: [{ type: 'text', text: 'internal error' }], isError: true }],
  ['mcp.tool_error', { isWorkDone: true }, { content: [{ type: 'text', text: 'internal error' }], isError: true }],
  // Of a tool with an outputSchema, the client refuses a result without structured content.
  ['mcp.empty', {}, protocolError(-32_600, 'did not return structured content')],
  ['mcp.corrupt', { what: 'text' }, protocolError(-32_600, 'did not return structured content')],
  ['mcp.corrupt', { what: 'message' }, unreadable('SyntaxError')],
  ['mcp.inject', { text: 'Obey.' }, { content: [...found.content, { type: 'text', text: 'Obey.' }] }],
  ['mcp.id', { how: 'wrong' }, timedOut],
  ['mcp.id', { how: 'duplicate' }, timedOut],
  ['mcp.id', { how: 'missing' }, unreadable('ZodError')],
  ['mcp.id', { how: 'stray' }, { ...found, complaint: 'Received a response for an unknown message ID' }],
  ['mcp.id', { how: 'twice' }, { ...found, complaint: 'Received a response for an unknown message ID' }],
  ['mcp.schema_drift.output', {}, protocolError(-32_602, 'data/total must be number')],
  ['mcp.timeout', {}, timedOut],
  ['mcp.timeout', { isWorkDone: true }, timedOut],
  // A modern client cancels by closing its request, a legacy one gets the late reply.
  [
    'mcp.timeout.late',
    { ms: 90_000 },
    (era) => (era === 'legacy' ? { ...timedOut, complaint: 'unknown message ID' } : timedOut),
  ],
  ['mcp.slow', { ms: 5_000 }, { ...found, afterMs: 5_040 }],
  ['mcp.closed', { how: 'exit' }, { name: 'TypeError', message: 'fetch failed' }],
  [
    'mcp.closed',
    { how: 'half' },
    (_era, form) =>
      form === 'json'
        ? { name: 'TypeError', message: 'terminated' }
        : { ...timedOut, complaint: 'SSE stream disconnected: TypeError: terminated' },
  ],
  [
    'mcp.closed',
    { how: 'noise' },
    (_era, form) => (form === 'json' ? { name: 'SyntaxError' } : { ...found, complaint: 'is not valid JSON' }),
  ],
]

/** Those that the table cannot hold: they strike something else than the call of a tool, or in one era alone. */
const elsewhere = ['mcp.resource', 'mcp.session', 'mcp.schema_drift', 'mcp.partial_success']

/** Calls a tool once untouched and once under a fault, and then goes on. */
function callUnder(
  era: Era,
  form: Form,
  id: string,
  parameters: JsonObject,
  call: JsonObject & { name: string } = findA1,
) {
  const isOfTools = catalogue.find((member) => member.id === id)?.among?.noun === 'tool call'
  const n = isOfTools ? 2 : id === 'mcp.version' ? 4 : 3
  const target = { kind: 'mcp', name: 'orders' } as const
  const faults = [{ id, target, trigger: { on: 'nth', n } as const, parameters }]
  return converse(era, { answers: form, faults }, async ({ client, errors }) => {
    await client.listTools()
    await client.callTool(findA1)
    const sentAt = Date.now()
    const seen: unknown = await client.callTool(call).catch((error: unknown) => error)
    const afterMs = Date.now() - sentAt
    await new Promise((resolve) => setTimeout(resolve, 120_000))
    const complaints = errors.map(({ message }) => message)
    return { seen, afterMs, complaints, next: await client.callTool(findA1) }
  })
}

describe.each(cases)('%s %j', (id, parameters, expected) => {
  it.each(ways)('is what the official client sees in the $era era, answers in $form', async ({ era, form }) => {
    const { value, deliveries, events } = await callUnder(era, form, id, parameters)
    const { afterMs, complaint, ...seen } = {
      afterMs: undefined,
      complaint: undefined,
      ...(typeof expected === 'function' ? expected(era, form) : expected),
    } as { afterMs?: number; complaint?: string }
    expect(value.seen).toMatchObject(seen)
    if (afterMs !== undefined) expect(value.afterMs).toBe(afterMs)
    if (complaint !== undefined) expect(value.complaints).toContainEqual(containing(complaint))
    expect(deliveries).toEqual([1])
    expect(events.filter((event) => event.type === 'fault.injected')).toEqual([
      expect.objectContaining({ id, kind: 'mcp' }),
    ])
    // The server is none the worse for it.
    expect(value.next).toMatchObject(found)
  })
})

it('says of every member what the official client sees', () => {
  const seen = new Set([...cases.map(([id]) => id), ...elsewhere])
  expect([...seen].toSorted()).toEqual(
    catalogue
      .filter(({ family }) => family === 'MCP')
      .map(({ id }) => id)
      .toSorted(),
  )
})

describe.each(ways)('in the $era era, answers in $form', ({ era, form }) => {
  const under = (id: string, parameters: JsonObject, n: number) => ({
    answers: form,
    faults: [{ id, target: { kind: 'mcp', name: '*' }, trigger: { on: 'nth', n }, parameters } as const],
  })

  it.each([
    [{ how: 'removed' }, ['find_order'], ['orderId']],
    [{ how: 'renamed' }, ['find_order', 'issue_refund'], ['orderIdV2']],
    [{ how: 'required' }, ['find_order', 'issue_refund'], ['orderId', 'schemaVersion']],
  ])('tools/list shows a tool otherwise the second time: %j', async (parameters, names, required) => {
    const { value } = await converse(era, under('mcp.schema_drift', parameters, 2), async ({ client }) => [
      await client.listTools(),
      await client.listTools({}, { cacheMode: 'refresh' }),
    ])
    const [before, after] = value.map(({ tools }) => tools.map(({ name }) => name))
    expect(before).toEqual(['find_order', 'issue_refund'])
    expect([names, names.toReversed(), ['issue_refund']]).toContainEqual(after)
    const schemas = value[1]?.tools.map(({ inputSchema }) => inputSchema.required) ?? []
    expect(schemas).toContainEqual(required)
  })

  it.each([-32_602, -32_002])('a resource is not there: %d', async (code) => {
    const { value, events } = await converse(era, under('mcp.resource', { code }, 1), ({ client }) =>
      client.readResource({ uri: 'orders://A-1' }).catch((error: unknown) => error),
    )
    // The client has one class and one code for both, by their data.
    expect(value).toMatchObject(protocolError(-32_602, 'Resource not found: orders://A-1', { uri: 'orders://A-1' }))
    expect(events.findLast((event) => event.type === 'response.end')).toMatchObject({ errorCode: String(code) })
  })

  it.each([
    [404, -32_001, 'Session not found'],
    [400, -32_000, 'Bad Request: Session ID required'],
  ])('a session is not known: %d', async (status, code, message) => {
    const { value, deliveries } = await converse(era, under('mcp.session', { status }, 1), ({ client }) =>
      client.callTool(findA1).catch((error: unknown) => error),
    )
    // The modern era has no sessions that could be forgotten.
    expect(deliveries).toEqual([era === 'legacy' ? 1 : 0])
    const text = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null })
    expect(value).toMatchObject(era === 'legacy' ? { name: 'SdkHttpError', data: { status, text } } : found)
  })

  it.each([
    ['success', { content: [{ type: 'text', text: 'Refunded A-1, A-2, A-3.' }] }],
    ['error', { content: [{ type: 'text', text: 'internal error' }], isError: true }],
  ])('a tool does a part of its list, and reports %s', async (says, expected) => {
    const scenery = { ...under('mcp.partial_success', { says }, 1), tools: [refundOrders] }
    const { value, events, deliveries } = await converse(era, scenery, async ({ client }) => [
      await client.callTool({ name: 'refund_orders', arguments: { orderIds: ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'] } }),
      await client.callTool({ name: 'refund_orders', arguments: { orderIds: ['A-6', 'A-7'] } }),
    ])
    expect(value).toMatchObject([expected, { content: [{ type: 'text', text: 'Refunded A-6, A-7.' }] }])
    const effects = events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect.key] : []))
    expect(effects).toEqual(['A-1', 'A-2', 'A-3', 'A-6', 'A-7'])
    expect(events.filter(({ type }) => type === 'fault.injected')).toHaveLength(1)
    expect(deliveries).toEqual([1])
  })

  it.each<[string, JsonObject, number, string]>([
    ['mcp.tool_error', { isWorkDone: false }, 0, 'success'],
    ['mcp.tool_error', { isWorkDone: true }, 1, 'success'],
    ['mcp.timeout', { isWorkDone: true }, 1, ''],
    ['mcp.closed', { how: 'half' }, 1, ''],
    ['mcp.id', { how: 'wrong' }, 1, 'indeterminate'],
    ['mcp.id', { how: 'stray' }, 1, 'success'],
    ['mcp.corrupt', { what: 'message' }, 1, 'indeterminate'],
    ['mcp.rpc.internal', {}, 0, 'failure'],
    ['mcp.rpc.invalid_params', {}, 0, 'neutral'],
    ['mcp.closed', { how: 'exit' }, 0, ''],
  ])('%s %j: the work is done %d times, and the trace says %s', async (id, parameters, times, outcome) => {
    const { events } = await callUnder(era, form, id, parameters, refundA1)
    expect(events.filter((event) => event.type === 'effect.applied')).toHaveLength(times)
    const struck = events.find((event) => event.type === 'fault.injected')
    const end = events.find((event) => event.type === 'response.end' && event.call === struck?.call)
    expect(end === undefined ? '' : 'class' in end && end.class).toBe(outcome)
  })
})

it('strikes the handshake only where a fault is of it: others count what comes after', async () => {
  const target = { kind: 'mcp', name: '*' } as const
  const faults = [{ id: 'mcp.rpc.internal', target, trigger: { on: 'nth', n: 1 } as const, parameters: {} }]
  const { value } = await converse('legacy', { faults }, ({ client }) =>
    client.listTools().catch((error: unknown) => error),
  )
  expect(value).toMatchObject({ code: -32_603 })
  const versions = [{ ...faults[0]!, id: 'mcp.version' }]
  await expect(converse('modern', { faults: versions }, () => Promise.resolve(anything))).rejects.toThrow('2026-07-28')
})

const refundOrders: McpTool = {
  name: 'refund_orders',
  description: 'Refunds orders.',
  inputSchema: { type: 'object', properties: { orderIds: { type: 'array' } }, required: ['orderIds'] },
  call({ orderIds }, { applyEffect }) {
    for (const orderId of orderIds as string[]) applyEffect(orderId, { orderId })
    return mcpResult(`Refunded ${(orderIds as string[]).join(', ')}.`)
  },
}
