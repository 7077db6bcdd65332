import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { VirtualTimer } from '../virtual-timer.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Parts of a socket that Node keeps to itself. */
interface SocketInternals {
  _unrefTimer(): void
  _destroy(error: Error | null, callback: (error?: Error | null) => void): void
}

/**
 * Keeps sockets inside the world: connections to a host that an upstream claims go on to the interception beneath,
 * any other is refused, and socket timeouts run on virtual time (Node's own timers for them are internal).
 */
export function patchSockets(patches: PatchSet): void {
  guardConnections(patches)
  guardNames(patches)
  patchSocketTimeouts(patches)
}

function guardConnections(patches: PatchSet): void {
  const real = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket
  const admitted = new WeakSet<net.Socket>()
  function connect(this: net.Socket, ...args: unknown[]): net.Socket {
    const world = currentContext()?.world
    if (world === undefined || admitted.has(this)) return real.apply(this, args)
    const host = hostOf(args)
    if (world.network.admits(host)) {
      admitted.add(this)
      return real.apply(this, args)
    }
    const error = world.network.refuse(host)
    process.nextTick(() => this.destroy(error))
    return this
  }
  patches.replace(net.Socket.prototype, 'connect', resemble(connect, real))
  const realSend = dgram.Socket.prototype.send as (...args: unknown[]) => void
  patches.replace(dgram.Socket.prototype, 'send', function (this: dgram.Socket, ...args: unknown[]) {
    const world = currentContext()?.world
    if (world === undefined) return realSend.apply(this, args)
    throw world.network.refuse('a datagram')
  })
}

/** `connect` takes options, a port and a host, or the normalised array that `net.connect` hands on. */
function hostOf(args: readonly unknown[]): string {
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  if (typeof first === 'object' && first !== null) {
    const { host, hostname, path } = first as { host?: unknown; hostname?: unknown; path?: unknown }
    return String(host ?? hostname ?? path ?? 'localhost')
  }
  return typeof args[1] === 'string' ? args[1] : 'localhost'
}

function guardNames(patches: PatchSet): void {
  const realLookup = dns.lookup as (...args: unknown[]) => unknown
  function lookup(...args: unknown[]): unknown {
    const world = currentContext()?.world
    if (world === undefined) return realLookup(...args)
    const callback = args.at(-1) as (error: Error) => void
    const host = String(args[0])
    const error = Object.assign(world.network.refuse(host), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: host,
    })
    process.nextTick(callback, error)
    return {}
  }
  patches.replace(dns, 'lookup', resemble(lookup, realLookup))
  const realPromise = dns.promises.lookup as (...args: unknown[]) => Promise<unknown>
  patches.replace(dns.promises, 'lookup', (...args: unknown[]) => {
    const world = currentContext()?.world
    return world === undefined ? realPromise(...args) : Promise.reject(world.network.refuse(String(args[0])))
  })
}

function patchSocketTimeouts(patches: PatchSet): void {
  const prototype = net.Socket.prototype as net.Socket & SocketInternals
  const real = { setTimeout: prototype.setTimeout, unrefTimer: prototype._unrefTimer, destroy: prototype._destroy }
  const timers = new WeakMap<net.Socket, VirtualTimer>()

  patches.replace(prototype, 'setTimeout', function (this: net.Socket, timeoutMs: number, callback?: () => void) {
    const world = currentContext()?.world
    if (world === undefined) return real.setTimeout.call(this, timeoutMs, callback)
    timers.get(this)?.close()
    Reflect.set(this, 'timeout', timeoutMs)
    if (timeoutMs > 0) {
      timers.set(
        this,
        world.clock.setTimer(() => this.emit('timeout'), timeoutMs),
      )
      if (callback) this.once('timeout', callback)
    } else if (callback) this.removeListener('timeout', callback)
    return this
  })
  patches.replace(prototype, '_unrefTimer', function (this: net.Socket) {
    timers.get(this)?.refresh()
    real.unrefTimer.call(this)
  })
  patches.replace(prototype, '_destroy', function (this: net.Socket, error: Error | null, done: () => void) {
    timers.get(this)?.close()
    real.destroy.call(this, error, done)
  })
}

/** Closes kept-alive connections, whose listeners would otherwise carry one trial's context into the next. */
export function dropIdleConnections(): void {
  http.globalAgent.destroy()
  https.globalAgent.destroy()
}
