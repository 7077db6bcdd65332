import net from 'node:net'
import { type RawServer, rawServer } from './_proxy.ts'

/** What has passed over one connection, both ways; for the host that was asked stands HOST. */
export interface Passed {
  sent: string
  received: string
}

/** Something that only listens, between a client and a port; it ends with its owner. */
export interface Tap extends AsyncDisposable {
  readonly origin: string
  /** Of the connections that were used, by what was sent over them. */
  passed(): readonly Passed[]
}

/** Listens in on everything that goes to an origin, which is told its own name as the host. */
export async function tapBefore(origin: string): Promise<Tap> {
  const { host, port } = new URL(origin)
  const connections: Passed[] = []
  let own = ''
  const server: RawServer = await rawServer((client) => {
    const passed: Passed = { sent: '', received: '' }
    connections.push(passed)
    const service = net.connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
    service.on('error', () => client.destroy())
    client.on('close', () => service.destroy())
    client.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1')
      passed.sent += text.replace(own, 'HOST')
      service.write(text.replace(own, host), 'latin1')
    })
    client.on('end', () => service.end())
    service.on('data', (bytes: Buffer) => {
      passed.received += bytes.toString('latin1')
      client.write(bytes)
    })
    service.on('end', () => client.end())
  })
  own = new URL(server.origin).host
  return {
    origin: server.origin,
    passed: () => connections.filter(({ sent }) => sent !== '').toSorted((a, b) => (a.sent < b.sent ? -1 : 1)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
