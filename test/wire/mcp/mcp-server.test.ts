import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, it } from 'vitest'
import { mcpServer } from '../../../src/index.ts'
import { play, rejection } from '../_play.ts'
import { converse, eras, findA1, forms, orderTools, orders, ordersUrl, refundA1 } from './_orders.ts'

const ways = eras.flatMap((era) => forms.map((answers) => ({ era, answers })))

describe.each(ways)('a simulated MCP server, to the official client in the $era era, answers in $answers', (way) => {
  const { era, answers } = way

  it('lists its tools and answers their calls', async () => {
    const { value } = await converse(era, { answers }, async ({ client, errors }) => {
      const { tools } = await client.listTools()
      const found = await client.callTool(findA1)
      const text = await client.callTool(refundA1)
      const version = client.getServerVersion()
      await client.close()
      return { tools, found, text, errors, version }
    })
    expect(value.tools).toMatchObject(
      orderTools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    )
    expect(value.found).toMatchObject({
      content: [{ type: 'text', text: '{"total":40}' }],
      structuredContent: { total: 40 },
    })
    expect(value.text).toMatchObject({ content: [{ type: 'text', text: 'The order is refunded.' }] })
    expect(value.version).toMatchObject({ name: 'orders' })
    expect(value.errors).toEqual([])
  })

  it('is refused an unknown tool and an unknown method, and told of arguments that do not fit and of failed tools', async () => {
    const { value } = await converse(era, { answers }, async ({ client }) => [
      await rejection(client.callTool({ name: 'nothing', arguments: {} })),
      await rejection(client.readResource({ uri: 'orders://A-1' })),
      await client.callTool({ name: 'issue_refund', arguments: { orderId: 1 } }),
      await client.callTool({ name: 'find_order', arguments: { orderId: 'A-0' } }),
    ])
    expect(value[0]).toMatchObject({ name: 'ProtocolError', code: -32_602, message: 'Tool nothing not found' })
    // In the modern era an unknown method is a 404, which the client leaves to its transport.
    expect(value[1]).toMatchObject(
      era === 'legacy' ? { name: 'ProtocolError', code: -32_601 } : { name: 'SdkHttpError', data: { status: 404 } },
    )
    expect(value[2]).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('Invalid arguments for tool issue_refund: orderId: ') as string }],
    })
    expect(value[3]).toMatchObject({ isError: true, content: [{ text: 'there is no order A-0' }] })
  })

  it('lets properties see which tool was called with what, and what came of it', async () => {
    const { events } = await converse(era, { answers }, async ({ client }) => {
      await client.callTool(refundA1)
      await rejection(client.callTool({ name: 'nothing', arguments: {} }))
      await client.callTool({ name: 'find_order', arguments: { orderId: 'A-0' } })
    })
    const called = events.filter((event) => event.type === 'request.sent').flatMap(({ tool }) => tool ?? [])
    expect(called).toEqual([
      refundA1,
      { name: 'nothing', arguments: {} },
      { name: 'find_order', arguments: { orderId: 'A-0' } },
    ])
    const ends = events.filter((event) => event.type === 'response.end').slice(-3)
    expect(ends.map(({ class: outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ['success', null],
      ['neutral', '-32602'],
      ['success', 'tool_error'],
    ])
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'effect.applied',
        kind: 'mcp',
        effect: { tool: 'issue_refund', key: 'refund:A-1', detail: { orderId: 'A-1' } },
      }),
    )
  })
})

it.each(eras)('takes a request that is sent anew for a further attempt, though its id is another: %s', async (era) => {
  const reset = { id: 'net.reset', target: { kind: 'mcp', name: 'orders' }, parameters: { isWorkDone: true } } as const
  const trigger = { on: 'nth', n: era === 'legacy' ? 4 : 2 } as const
  const { events } = await converse(era, { faults: [{ ...reset, trigger }] }, async ({ client }) => {
    await rejection(client.callTool(refundA1))
    await client.callTool(refundA1)
    await client.callTool(findA1)
  })
  const calls = events.filter((event) => event.type === 'request.sent').filter(({ tool }) => tool !== null)
  expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 1])
})

describe('the eras of a simulated MCP server', () => {
  it.each([
    ['both', undefined, 'modern'],
    ['the legacy one alone', 'legacy', 'legacy'],
    ['the modern one alone', 'modern', 'modern'],
  ] as const)('are found out by a client that speaks both: %s', async (_what, era, found) => {
    const { value } = await play({ upstreams: [orders(era && { era })] }, async () => {
      const client = new Client({ name: 'agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
      await client.connect(new StreamableHTTPClientTransport(new URL(ordersUrl)))
      const { content } = await client.callTool(findA1)
      return { content, version: client.getNegotiatedProtocolVersion() }
    })
    expect(value.content).toHaveLength(1)
    expect(value.version).toBe(found === 'modern' ? '2026-07-28' : '2025-11-25')
  })

  it('are told of with the versions that there are, where a client speaks another', async () => {
    const { value } = await play({ upstreams: [orders({ era: 'modern' })] }, async () => {
      const client = new Client({ name: 'agent', version: '1.0.0' })
      return rejection(client.connect(new StreamableHTTPClientTransport(new URL(ordersUrl))))
    })
    expect(value.message).toContain('"code":-32022')
    expect(value.message).toContain('"supported":["2026-07-28"]')
  })
})

describe('what a simulated MCP server says to clients that keep no rule', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    play({ upstreams: [orders()] }, async () => {
      const answer = await fetch(ordersUrl, { method: 'POST', body, headers })
      return { status: answer.status, body: await answer.json() }
    }).then(({ value }) => value)
  const list = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

  it.each([
    ['no JSON', '{', {}, 400, -32_700, 'Parse error: Invalid JSON'],
    ['a batch', `[${list}]`, {}, 400, -32_600, 'Invalid Request: expected one JSON-RPC message'],
    ['no session', list, {}, 400, -32_000, 'Bad Request: Mcp-Session-Id header is required'],
    ['a session that is over', list, { 'mcp-session-id': 'gone' }, 404, -32_001, 'Session not found'],
  ])('%s', async (_what, body, headers, status, code, message) => {
    expect(await post(body, headers)).toEqual({ status, body: { jsonrpc: '2.0', error: { code, message }, id: null } })
  })

  it('a header that names another method', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}'
    expect(await post(body, { 'mcp-method': 'tools/call' })).toMatchObject({
      status: 400,
      body: { id: 1, error: { code: -32_020 } },
    })
  })

  it('a session that its client has ended', async () => {
    const { value } = await converse('legacy', {}, async ({ client, transport }) => {
      const { sessionId } = transport
      await transport.terminateSession()
      const headers = { 'mcp-session-id': sessionId ?? '' }
      const status = (await fetch(ordersUrl, { method: 'POST', body: list, headers })).status
      await client.close()
      return { sessionId, status }
    })
    expect(value.sessionId).toMatch(/^\w{32}$/)
    expect(value.status).toBe(404)
  })
})

it('is the same in every run of one seed', async () => {
  const run = () => converse('legacy', {}, ({ client }) => client.callTool(refundA1))
  expect((await run()).hash).toBe((await run()).hash)
})

it.each([
  [
    'two tools of one name',
    [...orderTools, ...orderTools],
    'two tools of the MCP server "orders" are called "find_order"',
  ],
  [
    'a schema that is none',
    [{ name: 'odd', description: '', inputSchema: { type: 'thing' }, call: () => ({ content: [] }) }],
    'the inputSchema of the tool "odd" of the MCP server "orders" cannot be used',
  ],
])('refuses %s in one sentence', (_what, tools, sentence) => {
  expect(() => mcpServer({ name: 'orders', url: ordersUrl, tools })).toThrow(sentence)
})
