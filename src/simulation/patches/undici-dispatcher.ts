import type { Network, NetworkReply } from '../network.ts'
import { currentContext } from '../world.ts'
import type { PatchSet } from './patch-set.ts'
import {
  Controller,
  type Handler,
  type LegacyHandler,
  type ResponseHeaders,
  addHeader,
  toHandler,
  toLegacyHandler,
} from './undici-handlers.ts'

/** What undici hands a dispatcher, as far as it is needed here. */
interface DispatchOptions {
  readonly origin?: string | URL
  readonly path: string
  readonly method: string
  readonly headers?: unknown
  readonly body?: unknown
  readonly headersTimeout?: number | null
  readonly bodyTimeout?: number | null
}

/** What undici waits at most for headers, and between two pieces of a body, unless it is told otherwise. */
const defaultTimeoutMs = 300_000

interface Dispatcher {
  dispatch(options: DispatchOptions, handler: Handler | LegacyHandler): boolean
}

const legacyKey = Symbol.for('undici.globalDispatcher.1')
const currentKey = Symbol.for('undici.globalDispatcher.2')

/**
 * Makes the world the global dispatcher of the `undici` package, whose `fetch` and `request` go round a patched
 * `fetch`. An `Agent` that the caller makes itself still escapes; the socket guard refuses that one.
 */
export function patchUndiciDispatcher(patches: PatchSet): void {
  // Node loads its own undici, and with it the dispatchers, when one of its classes is first asked for.
  const legacy = typeof Response === 'function' ? dispatcherAt(legacyKey) : undefined
  const current = dispatcherAt(currentKey)
  if (legacy !== undefined) patches.replace(globalThis, legacyKey, worldDispatcher(legacy))
  // Node 22 brings undici 6 only: a newer package would put its own agent here, so the place is taken before.
  const outside = current ?? (legacy === undefined ? undefined : speakingLegacy(legacy))
  if (outside !== undefined) patches.replace(globalThis, currentKey, worldDispatcher(outside))
}

function dispatcherAt(key: symbol): Dispatcher | undefined {
  return Reflect.get(globalThis, key) as Dispatcher | undefined
}

function speakingLegacy(legacy: Dispatcher): Dispatcher {
  return {
    dispatch: (options, handler) =>
      legacy.dispatch(options, 'onConnect' in handler ? handler : toLegacyHandler(handler)),
  }
}

function worldDispatcher(real: Dispatcher): Dispatcher {
  function dispatch(options: DispatchOptions, handler: Handler | LegacyHandler): boolean {
    const world = currentContext()?.world
    if (world === undefined) return real.dispatch(options, handler)
    void dispatchInWorld(world.network, options, toHandler(handler))
    return true
  }
  return new Proxy<Dispatcher>(real, {
    get: (target, key): unknown => (key === 'dispatch' ? dispatch : Reflect.get(target, key)),
  })
}

async function dispatchInWorld(network: Network, options: DispatchOptions, handler: Handler): Promise<void> {
  const controller = new Controller()
  const headers = plainHeaders(options.headers)
  try {
    handler.onRequestStart?.(controller, {})
    const reply = await network.exchange({
      method: options.method,
      url: new URL(options.path, options.origin).href,
      header: (name) => headers[name] ?? null,
      headers: () => new Headers(headers),
      body: await bodyText(options.body),
      signal: controller.signal,
      patience: { headersMs: limitMs(options.headersTimeout), bodyMs: limitMs(options.bodyTimeout) },
    })
    controller.signal.throwIfAborted()
    handler.onResponseStart?.(controller, reply.status, groupHeaders(reply.headers), '')
    for await (const chunk of chunksOf(reply.body)) {
      while (controller.paused && !controller.aborted) {
        await new Promise<void>((resolve) => (controller.onResume = resolve))
      }
      controller.signal.throwIfAborted()
      handler.onResponseData?.(controller, Buffer.from(chunk))
    }
    handler.onResponseEnd?.(controller, {})
  } catch (error) {
    const reason = controller.reason ?? (error instanceof Error ? error : new Error(String(error)))
    handler.onResponseError?.(controller, reason)
  }
}

async function* chunksOf(body: NetworkReply['body']): AsyncGenerator<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body)
  else if (body instanceof Uint8Array) yield body
  else yield* body
}

/** For undici, 0 is no limit. */
function limitMs(timeoutMs: number | null | undefined): number {
  return (timeoutMs ?? defaultTimeoutMs) || Number.POSITIVE_INFINITY
}

/** undici gives headers as a flat list, an iterable of pairs, or an object. */
function plainHeaders(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of headerPairs(headers)) plain[String(name).toLowerCase()] = String(value)
  return plain
}

function headerPairs(headers: unknown): Iterable<readonly [unknown, unknown]> {
  if (typeof headers !== 'object' || headers === null) return []
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    const flat: readonly unknown[] = headers
    return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]] as const] : []))
  }
  return Symbol.iterator in headers ? (headers as Iterable<readonly [unknown, unknown]>) : Object.entries(headers)
}

function groupHeaders(pairs: NetworkReply['headers']): ResponseHeaders {
  const grouped: ResponseHeaders = {}
  for (const [name, value] of pairs) addHeader(grouped, name, value)
  return grouped
}

async function bodyText(body: unknown): Promise<string> {
  if (typeof body === 'string') return body
  if (body === null || body === undefined) return ''
  if (body instanceof ArrayBuffer) return Buffer.from(body).toString()
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
  if (isIterable(body)) {
    const parts: Buffer[] = []
    for await (const chunk of body) parts.push(Buffer.from(chunk))
    return Buffer.concat(parts).toString()
  }
  // Forms and blobs, which a Response knows how to read.
  return new Response(body as ConstructorParameters<typeof Response>[0]).text()
}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  const isForm = body instanceof FormData || body instanceof URLSearchParams
  return (
    typeof body === 'object' && body !== null && !isForm && (Symbol.asyncIterator in body || Symbol.iterator in body)
  )
}
