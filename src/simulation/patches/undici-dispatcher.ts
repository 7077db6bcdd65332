import type { NetworkReply, NetworkRequest } from '../network.ts'
import { currentContext } from '../world.ts'
import type { PatchSet } from './patch-set.ts'

/** What undici hands a dispatcher, as far as it is needed here. */
interface DispatchOptions {
  readonly origin?: string | URL
  readonly path: string
  readonly method: string
  readonly headers?: unknown
  readonly body?: unknown
}

type Headers = Record<string, string | string[]>

/** The handler of undici 7 and later. */
interface Handler {
  onRequestStart?(controller: Controller, context: unknown): void
  onResponseStart?(controller: Controller, status: number, headers: Headers, statusText: string): void
  onResponseData?(controller: Controller, chunk: Buffer): void
  onResponseEnd?(controller: Controller, trailers: Headers): void
  onResponseError?(controller: Controller, error: Error): void
}

interface Dispatcher {
  dispatch(options: DispatchOptions, handler: Handler): boolean
}

/**
 * Makes the world the global dispatcher of the `undici` package, whose `fetch` and `request` go round a patched
 * `fetch`. An `Agent` that the caller makes itself still escapes; the socket guard refuses that one.
 */
export function patchUndiciDispatcher(patches: PatchSet): void {
  for (const version of ['2', '1']) {
    const key = Symbol.for(`undici.globalDispatcher.${version}`)
    const real = Reflect.get(globalThis, key) as Dispatcher | undefined
    patches.replace(globalThis, key, worldDispatcher(real))
  }
}

function worldDispatcher(real: Dispatcher | undefined): Dispatcher {
  return new Proxy<Dispatcher>(real ?? { dispatch: () => false }, {
    get(target, key) {
      if (key !== 'dispatch') return Reflect.get(target, key)
      return (options: DispatchOptions, handler: Handler): boolean => {
        const world = currentContext()?.world
        if (world === undefined) return target.dispatch(options, handler)
        void dispatchInWorld((request) => world.network.exchange(request), options, handler)
        return true
      }
    },
  })
}

/** The state undici's handlers read and steer. */
class Controller {
  paused = false
  reason: Error | null = null
  readonly #cancel = new AbortController()
  get aborted(): boolean {
    return this.#cancel.signal.aborted
  }
  get signal(): AbortSignal {
    return this.#cancel.signal
  }
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.paused = false
  }
  abort(reason: Error): void {
    this.reason = reason
    this.#cancel.abort(reason)
  }
}

async function dispatchInWorld(
  exchange: (request: NetworkRequest) => Promise<NetworkReply>,
  options: DispatchOptions,
  handler: Handler,
): Promise<void> {
  const controller = new Controller()
  const headers = plainHeaders(options.headers)
  try {
    handler.onRequestStart?.(controller, {})
    const reply = await exchange({
      method: options.method,
      url: new URL(options.path, options.origin).href,
      header: (name) => headers[name] ?? null,
      body: await bodyText(options.body),
      signal: controller.signal,
    })
    handler.onResponseStart?.(controller, reply.status, groupHeaders(reply.headers), '')
    for await (const chunk of chunksOf(reply.body)) {
      if (controller.aborted) throw controller.reason ?? new Error('aborted')
      handler.onResponseData?.(controller, Buffer.from(chunk))
    }
    handler.onResponseEnd?.(controller, {})
  } catch (error) {
    handler.onResponseError?.(
      controller,
      controller.reason ?? (error instanceof Error ? error : new Error(String(error))),
    )
  }
}

async function* chunksOf(body: NetworkReply['body']): AsyncGenerator<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body)
  else if (body instanceof Uint8Array) yield body
  else yield* body
}

/** undici gives headers as a flat list, a list of pairs, or an object. */
function plainHeaders(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {}
  if (Array.isArray(headers)) {
    for (let index = 0; index + 1 < headers.length; index += 2) {
      plain[String(headers[index]).toLowerCase()] = String(headers[index + 1])
    }
  } else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) plain[name.toLowerCase()] = String(value)
  }
  return plain
}

function groupHeaders(pairs: NetworkReply['headers']): Headers {
  const grouped: Headers = {}
  for (const [name, value] of pairs) grouped[name] = value
  return grouped
}

async function bodyText(body: unknown): Promise<string> {
  if (body === null || body === undefined) return ''
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  if (typeof body === 'object' && (Symbol.asyncIterator in body || Symbol.iterator in body)) {
    let text = ''
    for await (const chunk of body as AsyncIterable<Uint8Array | string>) text += Buffer.from(chunk).toString()
    return text
  }
  return String(body)
}
