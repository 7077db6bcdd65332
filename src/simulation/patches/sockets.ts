import dgram from 'node:dgram'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import type { World } from '../world.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket

let isIntercepted = false

/**
 * Keeps sockets inside the world: a connection to a host that an upstream claims goes on to the interception beneath,
 * any other is refused, and so are datagrams.
 */
export function patchSockets(patches: PatchSet): void {
  const real = net.Socket.prototype.connect as Connect
  const admitted = new WeakSet<net.Socket>()
  function connect(this: net.Socket, ...args: unknown[]): net.Socket {
    const world = currentContext()?.world
    if (world === undefined || admitted.has(this)) return real.apply(this, args)
    const host = hostOf(args)
    if (!isIntercepted || !world.network.admits(host)) return refuseConnection(this, world, host)
    admitted.add(this)
    return real.apply(this, args)
  }
  patches.replace(net.Socket.prototype, 'connect', resemble(connect, real))
  patchDatagrams(patches)
  patchHttp2(patches)
}

/**
 * The guard below an interception of sockets: whatever the interception passes on, because it is no HTTP or nobody
 * answered it, is refused instead of reaching the machine's network.
 *
 * Laid before the interception is applied, which takes it for Node's own `connect`.
 */
export function layFloor(patches: PatchSet, isPretended: (args: readonly unknown[]) => boolean): void {
  const real = net.Socket.prototype.connect as Connect
  function connect(this: net.Socket, ...args: unknown[]): net.Socket {
    const world = currentContext()?.world
    if (world === undefined || isPretended(args)) return real.apply(this, args)
    return refuseConnection(this, world, hostOf(args))
  }
  patches.replace(net.Socket.prototype, 'connect', resemble(connect, real))
  isIntercepted = true
  patches.onRestore(() => (isIntercepted = false))
}

function refuseConnection(socket: net.Socket, world: World, host: string): net.Socket {
  const error = world.network.refuse(host)
  process.nextTick(() => socket.destroy(error))
  return socket
}

/** The options of a `connect`: given first, or in the normalised array that `net.connect` hands on. */
export function connectOptions(args: readonly unknown[]): object | undefined {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  return typeof first === 'object' && first !== null ? first : undefined
}

function hostOf(args: readonly unknown[]): string {
  const options = connectOptions(args)
  const named: readonly unknown[] =
    options === undefined
      ? [args[1]]
      : [Reflect.get(options, 'host'), Reflect.get(options, 'hostname'), Reflect.get(options, 'path')]
  return named.find((name) => typeof name === 'string') ?? 'localhost'
}

function patchDatagrams(patches: PatchSet): void {
  for (const name of ['send', 'connect', 'bind'] as const) {
    const real = dgram.Socket.prototype[name] as (...args: unknown[]) => unknown
    function guarded(this: dgram.Socket, ...args: unknown[]): unknown {
      const world = currentContext()?.world
      if (world === undefined) return real.apply(this, args)
      throw world.network.refuse('a datagram')
    }
    patches.replace(dgram.Socket.prototype, name, resemble(guarded, real))
  }
}

/** HTTP/2 is refused before it has a connection, whose frames nobody here would understand. */
function patchHttp2(patches: PatchSet): void {
  const real = http2.connect as (...args: unknown[]) => http2.ClientHttp2Session
  function connect(...args: unknown[]): http2.ClientHttp2Session {
    const world = currentContext()?.world
    if (world === undefined) return real(...args)
    throw world.network.refuse(`HTTP/2 to ${String(args[0])}`)
  }
  patches.replace(http2, 'connect', resemble(connect, real))
}

/** Closes kept-alive connections, whose listeners would otherwise carry one trial's context into the next. */
export function dropIdleConnections(): void {
  http.globalAgent.destroy()
  https.globalAgent.destroy()
}
