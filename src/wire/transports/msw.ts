import { HttpNetworkFrame, NetworkSource, WebSocketNetworkFrame } from 'msw/experimental'
import { defaultNetworkOptions } from 'msw/node'
import { usageError } from '../../contract/errors.ts'
import type { NetworkReply } from '../../simulation/network.ts'
import { PatchSet } from '../../simulation/patches/patch-set.ts'
import { connectOptions, layFloor } from '../../simulation/patches/sockets.ts'
import { type World, currentContext } from '../../simulation/world.ts'
import { isBodiless } from './bodiless.ts'
import { requestListeners } from './interceptor-registry.ts'
import { toSocketError } from './socket-error.ts'

/** An interception of this process's sockets. */
export interface SocketInterception {
  /** Puts the process's own sockets back; to be called after the simulation is restored, which lies on top. */
  close(): void
}

let active: SocketInterception | undefined
let ownListeners = 0

/**
 * Carries the requests of `node:http`, `node:https`, axios and every other client on sockets to the network of the
 * world that their caller is in; requests outside any world pass through.
 *
 * Once a process and before `installSimulation`, so that the simulation's guards lie on top. A second call returns the
 * first interception. Of msw it takes the pretended connections only: its handlers would clone each request, and its
 * cookie store would carry one trial's cookies into the next.
 *
 * @throws {ShakedownError} of kind `usage` where nock, or an msw server, intercepts this process already
 */
export function interceptSockets(): SocketInterception {
  if (active !== undefined) return active
  if (requestListeners() > 0) throw otherInterception()
  const [source] = defaultNetworkOptions.sources
  const floor = new PatchSet()
  layFloor(floor, isPretendedConnection)
  keepDescriptors(floor, ['Headers', 'Request', 'Response'])
  source.on('frame', ({ frame }) => answer(frame))
  source.enable()
  refuseServers(floor, source)
  floor.publish()
  ownListeners = requestListeners()
  active = {
    close() {
      source.disable()
      floor.restore()
      active = undefined
    },
  }
  return active
}

/** msw replaces these, to see header names as they were written, and does not put them back exactly. */
function keepDescriptors(floor: PatchSet, names: readonly string[]): void {
  for (const name of names) {
    void Reflect.get(globalThis, name)
    const original = Object.getOwnPropertyDescriptor(globalThis, name)
    if (original !== undefined) floor.onRestore(() => Object.defineProperty(globalThis, name, original))
  }
}

/** An msw server would listen to the very source used here, and take it over. */
function refuseServers(floor: PatchSet, source: NetworkSource): void {
  floor.replace(source, 'enable', () => {
    // By now the server has removed whoever listened before.
    void NetworkSource.prototype.disable.call(source)
    source.on('frame', ({ frame }) => answer(frame))
    throw otherInterception()
  })
}

/** msw connects its pretended sockets with a name resolution of its own; whatever it passes on has none. */
function isPretendedConnection(args: readonly unknown[]): boolean {
  const options = connectOptions(args)
  const lookup: unknown = options === undefined ? undefined : Reflect.get(options, 'lookup')
  return typeof lookup === 'function' && lookup.name === 'mockLookup'
}

/** Leaves the frames of callers outside any world alone, which makes them pass through. */
async function answer(frame: unknown): Promise<void> {
  const world = currentContext()?.world
  if (world === undefined) return
  if (frame instanceof WebSocketNetworkFrame) return frame.errorWith(world.network.refuse('a web socket'))
  if (!(frame instanceof HttpNetworkFrame)) return
  const { request } = frame.data
  let reply: NetworkReply
  try {
    requireAlone(world)
    reply = await world.network.exchange({
      method: request.method,
      url: request.url,
      header: (name) => request.headers.get(name),
      headers: () => request.headers,
      body: request.body === null ? '' : await request.text(),
      signal: request.signal,
    })
  } catch (thrown) {
    throw toSocketError(thrown)
  }
  frame.respondWith(toResponse(reply, request.method))
}

function toResponse({ status, headers, body }: NetworkReply, method: string): Response {
  const init = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) }
  const isWhole = typeof body === 'string' || body instanceof Uint8Array
  // As bytes, because a Response would make up a type for text.
  const content = isWhole ? Buffer.from(body) : streamOf(body)
  if (!isBodiless(status, method)) return new Response(content, init)
  if (content instanceof ReadableStream) void content.cancel()
  return new Response(null, init)
}

/** A body in pieces, behind one without bytes: it sends the headers off, which else would wait for the first bytes. */
function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const stream: ReadableStream<Uint8Array> = body instanceof ReadableStream ? body : ReadableStream.from(body)
  const reader = stream.getReader()
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(new Uint8Array()),
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** An interception that came later would answer some requests of the world, and let others out of it. */
function requireAlone(world: World): void {
  if (requestListeners() === ownListeners) return
  const error = otherInterception()
  world.interrupt({ how: 'crashed', detail: error.message })
  throw error
}

function otherInterception(): Error {
  return usageError(
    'TWO_INTERCEPTIONS',
    'the requests of this process are intercepted already, by nock or an msw server: only one interception can be active at a time, so call nock.restore() or server.close() before a trial runs.',
  )
}
