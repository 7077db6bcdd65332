import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  McpServer,
  WebStandardStreamableHTTPServerTransport,
  createMcpHandler,
  isLegacyRequest,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { forms } from '../wire/mcp/_orders.ts'

/** A server of the official kind behind a port, which ends with its owner. */
export interface McpService extends AsyncDisposable {
  readonly origin: string
  /** The orders that were looked up, in order. */
  readonly found: readonly string[]
}

/** Starts a server of both eras that answers in one form: with sessions in the legacy era, without in the modern one. */
export async function mcpService(form: (typeof forms)[number] = 'stream'): Promise<McpService> {
  const found: string[] = []
  const modern = createMcpHandler(() => ordersServer(found), { responseMode: form === 'json' ? 'auto' : 'sse' })
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>()
  const answer = async (request: Request): Promise<Response> => {
    if (!(await isLegacyRequest(request.clone()))) return modern.fetch(request)
    const known = sessions.get(request.headers.get('mcp-session-id') ?? '')
    return (known ?? (await newSession(sessions, form, found))).handleRequest(request)
  }
  const server = http.createServer((request, response) => void serve(answer, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    found,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const session of sessions.values()) await session.close()
      await modern.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A server with one tool, of the official kind. */
export function ordersServer(found: string[] = []): McpServer {
  const server = new McpServer({ name: 'orders', version: '1.0.0' })
  const inputSchema = z.object({ orderId: z.string() })
  const outputSchema = z.object({ total: z.number() })
  server.registerTool('find_order', { description: 'Finds an order.', inputSchema, outputSchema }, ({ orderId }) => {
    found.push(orderId)
    return { content: [{ type: 'text', text: '{"total":40}' }], structuredContent: { total: 40 } }
  })
  return server
}

async function newSession(
  sessions: Map<string, WebStandardStreamableHTTPServerTransport>,
  form: (typeof forms)[number],
  found: string[],
): Promise<WebStandardStreamableHTTPServerTransport> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    enableJsonResponse: form === 'json',
    onsessioninitialized: (id) => void sessions.set(id, transport),
  })
  await ordersServer(found).connect(transport)
  return transport
}

/** What `node:http` has got, as a handler in the style of `fetch` takes it, and its answer back. */
async function serve(
  answer: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const { method = 'GET', url = '/', headers } = incoming
  const init = { method, headers: headers as Record<string, string>, signal: gone.signal }
  try {
    const body = Buffer.concat(await incoming.toArray())
    const response = await answer(
      new Request(`http://${headers.host}${url}`, body.length === 0 ? init : { ...init, body }),
    )
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.flushHeaders()
    if (response.body === null) outgoing.end()
    else await pipeline(Readable.fromWeb(response.body), outgoing)
  } catch {
    // The client has gone, and nobody is left to tell.
    outgoing.destroy()
  }
}
