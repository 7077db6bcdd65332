import { once } from 'node:events'
import net, { type Server, type Socket } from 'node:net'
import type { FaultPlan } from 'shakedown'
import { armOutside } from '../../src/faults/arm-outside.ts'
import { type ProxyOptions, type RunningProxy, startProxy } from '../../src/wire/proxy/proxy.ts'
import type { ProxyEvent, ResponseSeen } from '../../src/wire/proxy/proxy-trace.ts'

export const token = 'token-of-the-test'

/** A proxy that ends with its owner, and whatever it did not foresee. */
export interface TestProxy extends AsyncDisposable {
  readonly running: RunningProxy
  /** The first listener's. */
  readonly url: string
  readonly port: number
  readonly defects: unknown[]
  /** The control endpoint, with the token. */
  control(method: string, path: string, body?: string): Promise<Response>
  events(): readonly ProxyEvent[]
  /** What clients saw, call by call. */
  seen(): readonly ResponseSeen[]
}

export interface TestProxyOptions extends Partial<Pick<ProxyOptions, 'arm' | 'seed'>> {
  readonly faults?: FaultPlan['faults']
  readonly dialect?: string
}

/** A proxy in front of one origin, with a plan. */
export async function proxyFor(origin: string, options: TestProxyOptions = {}): Promise<TestProxy> {
  const { faults = [], seed = 'seed', dialect = 'guess' } = options
  const defects: unknown[] = []
  const running = await startProxy({
    services: [{ name: 'service', origin: new URL(origin), dialect, port: 0 }],
    arm: options.arm ?? armOutside('proxy', seed),
    plan: { faults },
    seed,
    control: { port: 0, token },
    onDefect: (error) => defects.push(error),
  })
  const url = running.listeners[0]?.url ?? ''
  return {
    running,
    url,
    port: Number(new URL(url).port),
    defects,
    control: (method, path, body) =>
      fetch(running.controlUrl + path, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
      }),
    events: () => running.trace.events,
    seen: () => running.trace.events.filter((event) => event.type === 'response.seen'),
    async [Symbol.asyncDispose]() {
      await running.close(0)
      if (defects.length > 0) throw new AggregateError(defects, 'the proxy met errors that it did not foresee')
    },
  }
}

/** A server on raw sockets that ends with its owner. */
export interface RawServer extends AsyncDisposable {
  readonly origin: string
  readonly sockets: ReadonlySet<Socket>
}

/** Listens on loopback and hands every connection over. */
export async function rawServer(onConnection: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    onConnection(socket)
  })
  return {
    origin: `http://127.0.0.1:${await listening(server)}`,
    sockets,
    [Symbol.asyncDispose]: () => closed(server, sockets),
  }
}

/** A server that sends the same bytes for every request whose head it has got, and then does something. */
export function answering(bytes: string, afterwards: (socket: Socket) => void = () => {}): Promise<RawServer> {
  return rawServer((socket) => {
    let text = ''
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      text = ''
      socket.write(bytes, 'latin1', () => afterwards(socket))
    })
    socket.on('end', () => socket.end())
  })
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const done = once(server, 'close')
  server.close()
  for (const socket of sockets) socket.destroy()
  await done
}

/** How a raw connection ended for the one who opened it. */
export type RawEnd = 'open' | 'end' | 'reset'

/** A raw connection with everything that came over it. */
export class RawClient implements Disposable {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #end: RawEnd = 'open'
  readonly #watchers = new Set<() => void>()

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes: Buffer) => this.#changed(() => (this.#received = Buffer.concat([this.#received, bytes]))))
    socket.on('end', () => this.#changed(() => (this.#end = 'end')))
    socket.on('error', () => this.#changed(() => (this.#end = 'reset')))
  }

  static async open(port: number): Promise<RawClient> {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const client = new RawClient(socket)
    await once(socket, 'connect')
    socket.setNoDelay(true)
    return client
  }

  get received(): Buffer {
    return this.#received
  }

  get text(): string {
    return this.#received.toString('latin1')
  }

  /** Waits until something holds of what has come. */
  until(holds: (client: RawClient) => boolean): Promise<void> {
    if (holds(this)) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        if (holds(this)) resolve()
        else if (this.#end !== 'open') reject(new Error(`the connection ended (${this.#end}) after: ${this.text}`))
        else return
        this.#watchers.delete(watch)
      }
      this.#watchers.add(watch)
    })
  }

  /** Waits for the end of the connection. */
  async ended(): Promise<RawEnd> {
    await this.until(() => this.#end !== 'open')
    return this.#end
  }

  forget(): void {
    this.#received = Buffer.alloc(0)
  }

  [Symbol.dispose](): void {
    this.socket.destroy()
  }

  #changed(change: () => void): void {
    change()
    for (const watch of [...this.#watchers]) watch()
  }
}

/** Sends bytes in pieces, each in a packet of its own as far as the system allows. */
export async function sendPieces(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (piece.length > 0) await new Promise<void>((resolve) => void socket.write(piece, () => resolve()))
  }
}

/** A proxy with both its sides in hand: a client that is connected, and the upstream's end once that is. */
export interface RawEnds extends AsyncDisposable {
  readonly server: RawServer
  readonly proxy: TestProxy
  readonly client: RawClient
  /** The first connection that the proxy opens. */
  readonly upstream: Promise<RawClient>
}

/** Puts a proxy between two raw connections; all of it ends with its owner, the client first. */
export async function betweenRawEnds(): Promise<RawEnds> {
  let accept: (upstream: RawClient) => void = () => {}
  const upstream = new Promise<RawClient>((resolve) => (accept = resolve))
  const server = await rawServer((socket) => accept(new RawClient(socket)))
  const proxy = await proxyFor(server.origin)
  const client = await RawClient.open(proxy.port)
  return {
    ...{ server, proxy, client, upstream },
    async [Symbol.asyncDispose]() {
      try {
        client[Symbol.dispose]()
        await proxy[Symbol.asyncDispose]()
      } finally {
        await server[Symbol.asyncDispose]()
      }
    },
  }
}
