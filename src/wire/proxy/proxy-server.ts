import net from 'node:net'
import { once } from 'node:events'
import { usageError } from '../../contract/errors.ts'
import { realClock } from '../../simulation/real-clock.ts'
import type { ArmedPlan } from './armed-plan.ts'
import { upstreamsOf } from './dialects.ts'
import { ProxyConnection } from './proxy-connection.ts'
import type { ProxyTrace } from './proxy-trace.ts'

/** A real service that clients reach through the proxy. */
export interface ProxiedService {
  /** Faults aim at it. */
  readonly name: string
  /** Scheme, host and port; nothing else is ever connected to. */
  readonly origin: URL
  /** How its requests are understood. */
  readonly dialect: string
  /** The port of 127.0.0.1 to listen on; 0 for any that is free. */
  readonly port: number
}

/** What listeners share: the plan under way, and where they write down what happens. */
export interface ProxyScope {
  readonly armed: () => ArmedPlan
  readonly trace: ProxyTrace
  /** Told of an error that nobody foresaw; the connection has been closed. */
  readonly onDefect: (error: unknown) => void
}

/** A listener of the proxy, for one service. */
export interface ProxyListener {
  readonly name: string
  /** What a client is given in the place of the service's own origin. */
  readonly url: string
  readonly openConnections: number
  /** Takes no more connections, leaves those under way for `graceMs` milliseconds, then destroys them. */
  close(graceMs: number): Promise<void>
}

/**
 * Listens on 127.0.0.1 for one service and forwards to it.
 *
 * @throws {ShakedownError} of kind `usage` where the port cannot be had, or the dialect is not known
 */
export async function listenFor(service: ProxiedService, scope: ProxyScope): Promise<ProxyListener> {
  const { name, origin, dialect } = service
  const upstreamAt = upstreamsOf({ name, origin: origin.origin }, dialect)
  const connections = new Set<ProxyConnection>()
  // The end of what a client sends is passed on like everything else: it is no end of the connection.
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new ProxyConnection(socket, { name, destination: { origin, port }, upstreamAt, ...scope })
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
    void connection.run()
  })
  const port = await listenOn(server, service.port)
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    get openConnections() {
      return connections.size
    },
    close: (graceMs) => closeServer(server, connections, graceMs),
  }
}

/**
 * Listens on a port of 127.0.0.1.
 *
 * @throws {ShakedownError} of kind `usage` where it cannot be had
 */
export async function listenOn(server: net.Server, port: number): Promise<number> {
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw usageError('PORT', `cannot listen on 127.0.0.1:${port} (${code}); give another port, or 0 for any.`, error)
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function closeServer(server: net.Server, connections: Set<ProxyConnection>, graceMs: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  for (const connection of connections) if (connection.isIdle) connection.destroy()
  const timer = realClock.setTimeout(() => {
    for (const connection of connections) connection.destroy()
  }, graceMs)
  await closed
  realClock.clearTimeout(timer)
}
