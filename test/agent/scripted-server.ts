import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import { letLimitsPass } from './passing-time.ts'

/** What the server does with one request. */
export type Reply =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: string }
  /** Never answers; where the timers are held, the limits of those who wait pass at once. */
  | 'hang'
  | 'reset'
  /** Promises more bytes than it sends. */
  | 'cut'

export interface SeenRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface ScriptedServer {
  readonly url: string
  readonly seen: SeenRequest[]
  /** Resolves once this many requests have arrived. */
  arrived(count: number): Promise<void>
  /** Requests whose connection the client gave up. */
  readonly abandoned: string[]
}

/** A real loopback server that answers from a list; a request beyond its end gets a telling 418. */
export async function scriptedServer(script: readonly Reply[]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const abandoned: string[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    response.on('close', () => {
      if (!response.writableEnded) abandoned.push(request.url ?? '')
    })
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const reply = script[seen.length] ?? { status: 418, body: 'the script of the test is exhausted' }
      seen.push({ path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') })
      for (const waiter of waiting) if (seen.length >= waiter.count) waiter.resolve()
      if (reply === 'hang') return letLimitsPass()
      if (reply === 'reset') return void request.socket.resetAndDestroy()
      if (reply === 'cut') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        return void response.write('{"half":', () => request.socket.destroy())
      }
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the test server has no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    abandoned,
    arrived: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
  }
}

/** An address that refuses connections: a port that was just in use and is closed again. */
export async function refusingUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}
