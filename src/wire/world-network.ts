import { usageError } from '../contract/errors.ts'
import type { FetchInput, LocalCall, Network, NetworkReply, NetworkRequest } from '../simulation/network.ts'
import { type World, currentContext } from '../simulation/world.ts'
import type { Delivery } from './delivery.ts'
import { type ExchangeScope, Exchanges } from './exchange.ts'
import { FunctionCalls } from './functions/function-calls.ts'
import { worldStores } from './stores/world-stores.ts'
import type { Upstream } from './upstream.ts'
import { fetchThrough } from './transports/fetch.ts'
import { bodyStream } from './transports/body-stream.ts'

/** The network of one trial: the upstreams of its scenario and nothing else. */
export class WorldNetwork implements Network {
  #upstreams: readonly Upstream[]
  readonly #hosts: ReadonlySet<string>
  #exchanges: Exchanges | undefined
  #functions: FunctionCalls | undefined
  #scope: ExchangeScope | undefined
  #world: World | undefined

  constructor(upstreams: readonly Upstream[]) {
    this.#upstreams = upstreams
    this.#hosts = new Set(upstreams.map(({ origin }) => hostOf(origin)))
    requireUniqueNames(upstreams)
  }

  /** Connects the network to its trial; apart from the constructor, because a world is made with its network. */
  attach(scope: ExchangeScope): void {
    this.#scope = scope
    this.#world = scope.world
    scope.world.whenClosed(() => this.#letGo())
    this.#exchanges = new Exchanges(scope)
    this.#functions = new FunctionCalls(this.#upstreams, scope.world, this.#exchanges)
    scope.world.stores = worldStores(this.#upstreams, scope.world, this.#exchanges)
  }

  /** The world that the network belongs to; nothing is sent before it is attached to one. */
  get world(): World {
    if (this.#world === undefined) throw new Error('the network belongs to no world yet')
    return this.#world
  }

  fetch(input: FetchInput, init?: RequestInit): Promise<Response> {
    return fetchThrough(this, input, init)
  }

  async exchange(request: NetworkRequest): Promise<NetworkReply> {
    return this.#reply(await this.send(request), request)
  }

  /** Sends a request over a connection that the agent has by itself to an upstream, wherever that is. */
  async exchangeWith(upstream: Upstream, request: NetworkRequest): Promise<NetworkReply> {
    const delivery = this.#exchanges?.send(upstream, request, currentContext()?.task ?? -1)
    return this.#reply(await (delivery ?? new Promise<never>(() => {})), request)
  }

  #reply(delivery: Delivery, request: NetworkRequest): NetworkReply {
    const { reply } = delivery
    const headers = Object.entries(reply.headers)
    if (typeof reply.body === 'string') return { status: reply.status, headers, body: reply.body }
    return { status: reply.status, headers, body: bodyStream(delivery, this.world, request) }
  }

  /** Finds the upstream of a request and sends it there. */
  send(request: NetworkRequest): ReturnType<Exchanges['send']> {
    if (this.#exchanges === undefined || this.#world?.isClosed !== false) return new Promise(() => {})
    // Given up before it was sent: nothing crosses the wire.
    if (request.signal?.aborted === true) return Promise.reject(request.signal.reason)
    const upstream = this.#find(request)
    if (upstream === undefined) return Promise.reject(this.refuse(request.url))
    return this.#exchanges.send(upstream, request, currentContext()?.task ?? -1)
  }

  callLocally(call: LocalCall): unknown {
    if (this.#functions === undefined) {
      return this.#world?.isClosed === true && !call.synchronous ? new Promise(() => {}) : call.invoke(call.arguments)
    }
    return this.#functions.call(call, currentContext()?.task ?? -1)
  }

  /** The process of the agent was killed, and its connections with it. Returns the calls that were under way. */
  cut(): readonly number[] {
    return this.#exchanges?.cut() ?? []
  }

  admits(host: string): boolean {
    return this.#hosts.has(host)
  }

  refuse(host: string): Error {
    const at = this.#world?.clock.nowMs ?? 0
    this.#scope?.recorder.record({ type: 'request.refused', at, task: currentContext()?.task ?? -1, host })
    const error = new Error(
      `"${host}" was refused: no upstream of this scenario claims it, and nothing leaves a simulated world; add an upstream for it.`,
    )
    return Object.assign(error, { code: 'SHAKEDOWN_UNKNOWN_HOST' })
  }

  /** A world that has ended may be kept by what the agent left behind, and its trace and upstreams need not be. */
  #letGo(): void {
    this.#exchanges = undefined
    this.#functions = undefined
    this.#scope = undefined
    this.#upstreams = []
  }

  #find({ method, url }: NetworkRequest): Upstream | undefined {
    const pathAt = url.indexOf('/', url.indexOf('//') + 2)
    const origin = pathAt < 0 ? url : url.slice(0, pathAt)
    const path = pathAt < 0 ? '/' : url.slice(pathAt)
    return this.#upstreams.find((upstream) => upstream.origin === origin && upstream.matches(method, path))
  }
}

/** Hosts by origin: networks are made for each trial, and parsing an address is dear. */
const hosts = new Map<string, string>()

function hostOf(origin: string): string {
  let host = hosts.get(origin)
  if (host === undefined) hosts.set(origin, (host = new URL(origin).hostname))
  return host
}

function requireUniqueNames(upstreams: readonly Upstream[]): void {
  const seen = new Set<string>()
  for (const { name } of upstreams) {
    if (seen.has(name)) {
      throw usageError('UPSTREAM_NAME', `two upstreams are called "${name}"; give each a name of its own.`)
    }
    seen.add(name)
  }
}
