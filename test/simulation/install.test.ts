import childProcess from 'node:child_process'
import crypto from 'node:crypto'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import timers from 'node:timers'
import tls from 'node:tls'
import workerThreads from 'node:worker_threads'
import zlib from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { type Installation, installSimulation } from '../../src/simulation/install.ts'
import { type SocketInterception, interceptSockets } from '../../src/wire/transports/msw.ts'

const undone: { restore(): void }[] = []
afterEach(() => {
  for (const { restore } of undone.splice(0)) restore()
})

type Described = Record<string, Record<PropertyKey, PropertyDescriptor>>

/** Everything that is touched, and some more. */
function touched(): Record<string, object> {
  const prototypes = {
    Date: Date.prototype,
    DateTimeFormat: Intl.DateTimeFormat.prototype,
    crypto: Object.getPrototypeOf(globalThis.crypto),
    subtle: Object.getPrototypeOf(globalThis.crypto.subtle),
    ECDH: crypto.ECDH.prototype,
    DiffieHellman: crypto.DiffieHellman.prototype,
    performance: Object.getPrototypeOf(performance),
    Socket: net.Socket.prototype,
    TLSSocket: tls.TLSSocket.prototype,
    datagrams: dgram.Socket.prototype,
    Resolver: dns.Resolver.prototype,
    promisesResolver: dns.promises.Resolver.prototype,
    ChildProcess: childProcess.ChildProcess.prototype,
    ZlibBase: Object.getPrototypeOf(Object.getPrototypeOf(zlib.Deflate.prototype)),
    Agent: http.Agent.prototype,
    Scheduler: Object.getPrototypeOf(timers.promises.scheduler),
  }
  const objects = {
    globalThis,
    AbortSignal,
    Math,
    process,
    performance,
    WebAssembly: Reflect.get(globalThis, 'WebAssembly'),
  }
  const modules = { timers, timersPromises: timers.promises, scheduler: timers.promises.scheduler, crypto, dns }
  const more = { dnsPromises: dns.promises, childProcess, workerThreads, http, https, http2, net, tls, zlib }
  const named = (all: Record<string, object>, kind: string): [string, object][] =>
    Object.entries(all).map(([name, object]) => [`${kind} ${name}`, object])
  return Object.fromEntries([
    ...named(prototypes, 'prototype'),
    ...named(objects, 'object'),
    ...named(modules, 'module'),
    ...named(more, 'module'),
  ])
}

function describeAll(): Described {
  // What Node makes when it is first asked for is asked for, so that both descriptions have it.
  void [Response, fetch, WebSocket, globalThis.crypto]
  return Object.fromEntries(
    Object.entries(touched()).map(([name, object]) => [name, Object.getOwnPropertyDescriptors(object)]),
  )
}

/** The properties that differ, e.g. `module timers.setTimeout`. */
function differences(before: Described, after: Described): string[] {
  return Object.keys(before).flatMap((name) => {
    const [one, other] = [before[name] ?? {}, after[name] ?? {}]
    const keys = new Set([...Reflect.ownKeys(one), ...Reflect.ownKeys(other)])
    return [...keys].filter((key) => !isSame(one[key], other[key])).map((key) => `${name}.${String(key)}`)
  })
}

function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  const fields = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const
  if (one === undefined || other === undefined) return one === other
  return fields.every((field) => Object.is(one[field], other[field]))
}

describe('installing the simulation', () => {
  it('replaces what it says, and restoring puts back every property exactly as it was', () => {
    const before = describeAll()
    const installation = installSimulation()
    const changed = differences(before, describeAll())
    installation.restore()
    expect(changed.length).toBeGreaterThan(80)
    expect(changed).toEqual(
      expect.arrayContaining(['object globalThis.setTimeout', 'prototype Socket.connect', 'module crypto.randomBytes']),
    )
    expect(differences(before, describeAll())).toEqual([])
  })

  it('also lies on top of the interception of sockets and leaves with it', () => {
    const before = describeAll()
    const interception: SocketInterception = interceptSockets()
    const installation: Installation = installSimulation()
    installation.restore()
    interception.close()
    expect(differences(before, describeAll())).toEqual([])
  })

  it('keeps descriptors, names and lengths of what it replaces', () => {
    const before = describeAll()
    undone.push(installSimulation())
    const after = describeAll()
    const unlike = differences(before, after).filter((changed) => {
      const [name = '', key = ''] = changed.split('.')
      const [one, other] = [before[name]?.[key], after[name]?.[key]]
      // What was inherited before, and is now an object's own.
      if (one === undefined) return other?.enumerable === true
      if (one.enumerable !== other?.enumerable) return true
      if (typeof one.value !== 'function' || typeof other?.value !== 'function') return false
      return one.value.name !== other.value.name || one.value.length !== other.value.length
    })
    expect(unlike).toEqual([])
  })

  it('is the same installation when asked for again', () => {
    const first = installSimulation()
    undone.push(first)
    expect(installSimulation()).toBe(first)
  })

  it('leaves everything real outside a world, warnings included', async () => {
    undone.push(installSimulation())
    const warnings: string[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning.name)
    process.on('warning', onWarning)
    await new Promise<void>((resolve) => (setTimeout as (callback: () => void) => unknown)(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
    expect(crypto.randomBytes(4)).toHaveLength(4)
    expect(process.hrtime.bigint()).toBeGreaterThan(1_000n)
  })

  it('refuses NODE_ENV=production with a sentence, unless it is allowed', () => {
    const environment = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    try {
      expect(() => installSimulation()).toThrow(
        'NODE_ENV is "production", where Shakedown does not replace clocks, randomness and network of the process; run it with another NODE_ENV or pass --allow-production.',
      )
      undone.push(installSimulation({ allowProduction: true }))
    } finally {
      process.env['NODE_ENV'] = environment
    }
  })
})
