import { type Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { describe, expect, it } from 'vitest'
import { type Fault, faultyMcpTransport } from '../../src/index.ts'
import { ordersServer } from '../proxy/_mcp-service.ts'
import { play, rejection } from '../wire/_play.ts'
import { type Era, eras, findA1, newClient } from '../wire/mcp/_orders.ts'

/** The official client, connected to an official server in the same process, both as nobody here wrote them. */
async function connected(era: Era) {
  const [here, there] = InMemoryTransport.createLinkedPair()
  const found: string[] = []
  const server = serveStdio(() => ordersServer(found), { transport: there })
  const client: Client = newClient(era)
  const complaints: string[] = []
  client.onerror = ({ message }) => complaints.push(message)
  let isClosed = false
  client.onclose = () => (isClosed = true)
  await client.connect(faultyMcpTransport(here, { name: 'orders' }))
  return { client, server, found, complaints, isClosed: () => isClosed }
}

type Session = Awaited<ReturnType<typeof connected>>

const strike = (id: string, parameters: Fault['parameters'] = {}, n = 1): Fault => {
  return { id, parameters, target: { kind: 'mcp', name: 'orders' }, trigger: { on: 'nth', n } }
}

/** Plays a conversation under faults, in a world that has no upstream. */
function converse<Value>(era: Era, faults: readonly Fault[], run: (session: Session) => Promise<Value>) {
  return play({ upstreams: [], faults }, async () => run(await connected(era)))
}

const text = '{"total":40}'
const succeeds = { content: [{ type: 'text', text }], structuredContent: { total: 40 } }

describe.each(eras)('a transport to a server in the process, in the %s era', (era) => {
  it('is recorded like a simulated server, with the tools that were called', async () => {
    const { value, events } = await converse(era, [], async ({ client }) => {
      const { tools } = await client.listTools()
      return [tools.length, await client.callTool(findA1), await rejection(client.callTool({ name: 'nothing' }))]
    })
    expect(value).toMatchObject([1, succeeds, { name: 'ProtocolError', code: -32_602 }])
    const sent = events.filter((event) => event.type === 'request.sent')
    expect(sent.flatMap(({ tool }) => tool ?? [])).toEqual([findA1, { name: 'nothing', arguments: {} }])
    expect(sent.at(-1)).toMatchObject({ kind: 'mcp', upstream: 'orders', method: 'POST', url: 'mcp:orders' })
    const ends = events.filter((event) => event.type === 'response.end').slice(-2)
    expect(ends).toMatchObject([
      { status: 200, class: 'success', body: expect.stringContaining('"total":40') },
      { class: 'neutral', errorCode: '-32602' },
    ])
  })

  it('carries errors of the protocol and failed tools, with the work done or not', async () => {
    const faults = [
      strike('mcp.rpc.internal'),
      strike('mcp.tool_error', {}, 2),
      strike('mcp.tool_error', { isWorkDone: true }, 3),
      strike('mcp.schema_drift.output', {}, 4),
    ]
    const { value, events, deliveries } = await converse(era, faults, async ({ client, found }) => [
      await rejection(client.callTool(findA1)),
      await client.callTool(findA1),
      await client.callTool(findA1),
      await client.callTool(findA1),
      found.length,
    ])
    expect(value).toMatchObject([
      { name: 'ProtocolError', code: -32_603 },
      { isError: true },
      { isError: true },
      { structuredContent: { total: '40' } },
      2,
    ])
    expect(deliveries).toEqual([1, 1, 1, 1])
    const struck = events.filter((event) => event.type === 'fault.injected')
    expect(struck.map(({ id, kind, upstream }) => [id, kind, upstream])).toEqual(
      faults.map(({ id }) => [id, 'mcp', 'orders']),
    )
  })

  it('is slow in virtual time', async () => {
    const { value, virtualMs } = await converse(era, [strike('mcp.slow', { ms: 20_000 })], async ({ client }) => {
      const startedMs = Date.now()
      const answer = await client.callTool(findA1)
      return { answer, tookMs: Date.now() - startedMs }
    })
    expect(value).toMatchObject({ answer: succeeds, tookMs: 20_000 })
    expect(virtualMs).toBe(20_000)
  })

  it('loses answers, and gives late ones to a client that has given up', async () => {
    const faults = [strike('mcp.timeout', { isWorkDone: true }), strike('mcp.timeout.late', { ms: 61_000 }, 2)]
    const { value, virtualMs, deliveries } = await converse(era, faults, async ({ client, found, complaints }) => {
      const lost = await rejection(client.callTool(findA1))
      const late = await rejection(client.callTool(findA1))
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      return { lost, late, found, complaints, last: await client.callTool(findA1) }
    })
    const timedOut = { name: 'SdkError', code: 'REQUEST_TIMEOUT' }
    expect(value).toMatchObject({ lost: timedOut, late: timedOut, last: succeeds, found: ['A-1', 'A-1', 'A-1'] })
    expect(value.complaints).toEqual([expect.stringContaining('unknown message ID')])
    expect([virtualMs, deliveries]).toEqual([125_000, [1, 1]])
  })

  it.each([
    ['before the answer', strike('mcp.closed', { how: 'exit' }), []],
    ['in the middle of it', strike('mcp.closed', { how: 'half' }), ['A-1']],
    ['with the work done', strike('net.reset', { isWorkDone: true }, era === 'legacy' ? 3 : 2), ['A-1']],
  ])('ends %s, and the client is told', async (_when, fault, done) => {
    const { value, events, deliveries } = await converse(era, [fault], async ({ client, found, isClosed }) => ({
      lost: await rejection(client.callTool(findA1)),
      isClosed: isClosed(),
      after: await rejection(client.callTool(findA1)),
      found,
    }))
    expect(value).toMatchObject({
      lost: { name: 'SdkError', code: 'CONNECTION_CLOSED' },
      isClosed: true,
      after: { message: 'Not connected' },
      found: done,
    })
    expect(events.at(-1)).toMatchObject({ type: 'request.failed', class: 'indeterminate' })
    expect(deliveries).toEqual([1])
  })
})

it('gives both sides the very messages that were sent where no fault strikes, and has the members of the transport', async () => {
  const { value, events } = await play({ upstreams: [] }, async () => {
    const [here, there] = InMemoryTransport.createLinkedPair()
    const got: object[] = []
    const faulty = faultyMcpTransport(here, { name: 'orders' })
    const request = { jsonrpc: '2.0', id: 1, method: 'ping' } as const
    const answer = { jsonrpc: '2.0', id: 1, result: { at: undefined } } as const
    there.onmessage = (message) => (got.push(message), void there.send(answer))
    faulty.onmessage = (message) => got.push(message)
    await faulty.send(request)
    await new Promise((resolve) => setTimeout(resolve, 1))
    return { isSame: [got[0] === request, got[1] === answer], isKind: faulty instanceof InMemoryTransport }
  })
  expect(value).toEqual({ isSame: [true, true], isKind: true })
  expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'success' })
})

it('is the transport outside a trial', async () => {
  const { client } = await connected('legacy')
  expect(await client.callTool(findA1)).toMatchObject(succeeds)
  await client.close()
})

it('tells the client in its own words of a message that the transport will not take', async () => {
  const { value, events } = await play({ upstreams: [] }, async () => {
    const [here] = InMemoryTransport.createLinkedPair()
    await here.close()
    return rejection(faultyMcpTransport(here, { name: 'orders' }).send({ jsonrpc: '2.0', id: 9, method: 'ping' }))
  })
  expect(value).toMatchObject({ code: 'NOT_CONNECTED' })
  expect(events.at(-1)).toMatchObject({ type: 'request.failed', cause: 'UND_ERR_SOCKET' })
})

it('is the same in every run of one seed', async () => {
  const run = () => converse('legacy', [strike('latency.uniform')], ({ client }) => client.callTool(findA1))
  expect((await run()).hash).toBe((await run()).hash)
})

it('asks for a name in one sentence', () => {
  const [here] = InMemoryTransport.createLinkedPair()
  expect(() => faultyMcpTransport(here, { name: '' })).toThrow(/options of a faulty MCP transport.*give the server/)
})
