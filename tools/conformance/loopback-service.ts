import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { NetworkRequest } from '../../src/simulation/network.ts'
import { type Reply, isReply } from '../../src/wire/reply.ts'
import type { UpstreamContext } from '../../src/wire/upstream.ts'
import { type Subject, seed } from './subjects.ts'

/** A real service on loopback that gives the sample's own answer, and ends with its owner. */
export interface LoopbackService extends AsyncDisposable {
  readonly origin: string
}

/** Serves what the upstream of a sample says, as it would say it in a simulated world. */
export async function loopbackService({ sample }: Subject): Promise<LoopbackService> {
  const upstream = sample.upstream()
  const context: UpstreamContext = { nowMs: upstream.latencyMs, call: 0, task: undefined, seed, applyEffect: () => {} }
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const request = networkRequest(incoming, Buffer.concat(chunks).toString(), upstream.origin)
    const answer = await upstream.handle(request, upstream.understand(request), context)
    if (isReply(answer)) send(answer, response)
    else response.destroy()
  }
  const server = http.createServer(
    (incoming, response) => void serve(incoming, response).catch(() => response.destroy()),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function networkRequest(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: string,
  origin: string,
): NetworkRequest {
  const header = (name: string): string | null => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  }
  return { method, url: `${origin}${url}`, header, body, signal: null }
}

function send({ status, headers, body }: Reply, response: ServerResponse): void {
  response.writeHead(status, headers)
  if (typeof body !== 'string') for (const { bytes } of body) response.write(bytes)
  response.end(typeof body === 'string' ? body : undefined)
}
