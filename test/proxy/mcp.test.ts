import { type Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, it, vi } from 'vitest'
import type { Fault } from 'shakedown'
import { type Era, eras, findA1, forms, newClient } from '../wire/mcp/_orders.ts'
import { mcpService } from './_mcp-service.ts'
import { type TestProxy, answering, proxyFor } from './_proxy.ts'
import { tapBefore } from './_tap.ts'

const ways = eras.flatMap((era) => forms.map((answers) => ({ era, answers })))

/** The official client, connected over its own transport, and everything that it complains of. */
async function connected(era: Era, origin: string) {
  const client: Client = newClient(era)
  const complaints: string[] = []
  client.onerror = ({ message }) => complaints.push(message)
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', origin), {
    reconnectionOptions: {
      initialReconnectionDelay: 1,
      maxReconnectionDelay: 1,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 0,
    },
  })
  await client.connect(transport)
  return { client, complaints, transport }
}

describe.each(ways)('without faults, in the $era era, answers in $answers', ({ era, answers }) => {
  it('every byte of a conversation passes, both ways', async () => {
    await using service = await mcpService(answers)
    await using behind = await tapBefore(service.origin)
    await using proxy = await proxyFor(behind.origin)
    await using before = await tapBefore(proxy.url)
    const { client, complaints, transport } = await connected(era, before.origin)
    expect((await client.listTools()).tools).toHaveLength(1)
    expect(await client.callTool(findA1)).toMatchObject({ structuredContent: { total: 40 } })
    await client.callTool({ name: 'nothing', arguments: {} }).catch(() => {})
    // The stream on which a server of the legacy era says things of its own is opened beside the calls.
    await vi.waitFor(() => {
      for (const { received } of before.passed()) expect(received).toContain('\r\n\r\n')
    })
    if (era === 'legacy') await transport.terminateSession()
    await client.close()
    const seen = before.passed()
    expect(seen.map(({ received }) => received).join('')).toContain('"structuredContent":{"total":40}')
    expect(behind.passed()).toEqual(seen)
    expect(complaints).toEqual([])
    expect(proxy.events()).toContainEqual(expect.objectContaining({ kind: 'mcp', path: '/mcp', tool: null }))
  })
})

const target = { kind: 'mcp', name: '*' } as const

/** The tool is called once for each; those that are not of the protocol count the handshake as well. */
const tenFaults = [
  { id: 'mcp.rpc.internal' },
  { id: 'mcp.tool_error' },
  { id: 'mcp.ratelimit' },
  { id: 'mcp.corrupt' },
  { id: 'mcp.schema_drift.output' },
  { id: 'mcp.id', parameters: { how: 'wrong' } },
  { id: 'mcp.timeout', parameters: { isWorkDone: true } },
  { id: 'mcp.closed', parameters: { how: 'half' } },
  { id: 'net.reset', parameters: { isWorkDone: true } },
  { id: 'gateway.503' },
].map(({ id, parameters = {} }, index): Fault => {
  const n = id.startsWith('mcp.') ? index + 1 : index + 2
  return { id, parameters, target, trigger: { on: 'nth', n } }
})
const timedOut = { name: 'SdkError', code: 'REQUEST_TIMEOUT' }

describe.each(ways)('with a plan of ten faults, in the $era era, answers in $answers', ({ era, answers }) => {
  it('the official client meets each of them', async () => {
    await using service = await mcpService(answers)
    await using proxy = await proxyFor(service.origin, { faults: tenFaults })
    const { client, complaints } = await connected(era, proxy.url)
    const seen: unknown[] = []
    for (let call = 1; call <= tenFaults.length + 1; call++) {
      // A message without its reply, and half a stream, are waited for like a reply that never comes.
      const timeout = call >= 6 && call <= 8 ? 300 : 20_000
      seen.push(await client.callTool(findA1, { timeout }).catch((error: unknown) => error))
    }
    await client.close()
    expect(seen).toMatchObject([
      { name: 'ProtocolError', code: -32_603 },
      { isError: true },
      { name: 'ProtocolError', code: -32_000, message: 'Rate limit exceeded, retry after 5s' },
      { content: [{ text: '{"tota' }] },
      { structuredContent: { total: '40' } },
      timedOut,
      timedOut,
      answers === 'json' ? { name: 'TypeError', message: 'terminated' } : timedOut,
      { name: 'TypeError', cause: { code: 'ECONNRESET' } },
      { name: 'SdkHttpError', data: { status: 503 } },
      { structuredContent: { total: 40 } },
    ])
    expect(complaints).toContainEqual(expect.stringContaining('unknown message ID'))
    expect(service.found).toHaveLength(7)
    expectRecorded(proxy)
  })
})

/** Each fault is delivered once, to the call of the tool that it is for, and the trace says how that looked. */
function expectRecorded(proxy: TestProxy): void {
  const events = proxy.events()
  const calls = events.filter((event) => event.type === 'request.sent').filter(({ tool }) => tool === 'find_order')
  const struck = events.filter((event) => event.type === 'fault.injected')
  expect(struck.map(({ id }) => id)).toEqual(tenFaults.map(({ id }) => id))
  expect(struck.map(({ call }) => call)).toEqual(calls.slice(0, -1).map(({ call }) => call))
  const ends = calls.map(({ call }) => proxy.seen().find((seen) => seen.call === call))
  // A client of the legacy era leaves the request open that it has given up.
  ends.splice(6, 1)
  expect(ends).toMatchObject([
    { status: 200, class: 'failure', errorCode: '-32603' },
    { status: 200, class: 'success', errorCode: 'tool_error' },
    { status: 200, class: 'failure', errorCode: '-32000' },
    { status: 200, class: 'success' },
    { status: 200, class: 'success' },
    { status: 200, class: 'indeterminate' },
    { status: 200, class: 'indeterminate', ended: 'closed' },
    { status: null, class: 'indeterminate', ended: 'reset' },
    { status: 503, class: 'failure' },
    { status: 200, class: 'success', ended: 'complete' },
  ])
}

it('knows a server by its path, and by the dialect where it has another', async () => {
  const json = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
  const [fault] = tenFaults
  const kindsAt = async (dialect: string, paths: readonly string[]): Promise<unknown[]> => {
    await using server = await answering(json)
    await using proxy = await proxyFor(server.origin, { dialect, faults: fault === undefined ? [] : [fault] })
    for (const path of paths) await (await fetch(proxy.url + path)).text()
    return proxy.events().flatMap((event) => (event.type === 'request.sent' ? [event.kind] : []))
  }
  expect(await kindsAt('guess', ['/mcp', '/tenants/a/mcp/?key=1', '/mcp/tools'])).toEqual(['mcp', 'mcp', 'tool'])
  expect(await kindsAt('mcp', ['/', '/v1/chat/completions'])).toEqual(['mcp', 'mcp'])
})
