import type { FetchInput, NetworkRequest } from '../../simulation/network.ts'
import type { World } from '../../simulation/world.ts'
import type { Delivery } from '../delivery.ts'
import { undiciPatience } from '../patience.ts'
import { decodeStream } from './content-encoding.ts'
import { isBodiless } from './bodiless.ts'
import { bodyStream } from './body-stream.ts'
import { type Way, followed } from './redirects.ts'

/** Where the fetch transport sends what it was given. */
export interface Sender {
  send(request: NetworkRequest): Promise<Delivery>
  /** Where the pieces of bodies arrive that arrive in pieces. */
  readonly world: World
}

/**
 * Does what `fetch` does, against upstreams that are plain functions.
 *
 * The fast path: string bodies and header objects are handed on as they are, and nothing is built that nobody reads.
 */
export async function fetchThrough(sender: Sender, input: FetchInput, init: RequestInit = {}): Promise<Response> {
  const request = isPlain(input, init) ? plainRequest(input, init) : await builtRequest(input, init)
  let way: Way = { request, count: 0, isStream: init.body instanceof ReadableStream }
  for (;;) {
    const delivery = await sent(sender, way.request)
    const next = following(way, delivery)
    if (next === null) return toResponse(sender.world, delivery, way)
    // Nobody reads what else a redirect says.
    delivery.bodyEnded()
    way = next
  }
}

async function sent(sender: Sender, request: NetworkRequest): Promise<Delivery> {
  try {
    return await sender.send(request)
  } catch (error) {
    throw request.signal?.aborted === true ? error : asFetchFailure(error)
  }
}

function following(way: Way, { reply }: Delivery): Way | null {
  try {
    return followed(way, reply)
  } catch (error) {
    throw asFetchFailure(error)
  }
}

function isPlain(input: FetchInput, init: RequestInit): input is string | URL {
  const isPlainBody = init.body === undefined || init.body === null || typeof init.body === 'string'
  return isPlainBody && (typeof input === 'string' || input instanceof URL)
}

function plainRequest(input: string | URL, init: RequestInit): NetworkRequest {
  const headers = headersReader(init.headers)
  return {
    method: init.method?.toUpperCase() ?? 'GET',
    url: typeof input === 'string' ? input : input.href,
    header: (name) => headers().get(name),
    headers,
    body: typeof init.body === 'string' ? init.body : '',
    signal: init.signal ?? null,
    patience: undiciPatience,
    redirect: init.redirect ?? 'follow',
  }
}

/** The slow path, for Request objects, streams, forms and blobs. */
async function builtRequest(input: FetchInput, init: RequestInit): Promise<NetworkRequest> {
  const request = new Request(input, init.body instanceof ReadableStream ? { ...init, duplex: 'half' } : init)
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name),
    headers: () => request.headers,
    body: await request.text(),
    signal: request.signal,
    patience: undiciPatience,
    redirect: request.redirect,
  }
}

function headersReader(headers: RequestInit['headers']): () => Headers {
  if (headers instanceof Headers) return () => headers
  let read: Headers | undefined
  return () => (read ??= new Headers(headers))
}

function toResponse(world: World, delivery: Delivery, { request, count }: Way): Response {
  const { method, url } = request
  const { status, headers, body } = delivery.reply
  let content: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null = null
  const hasNoBody = isBodiless(status, method)
  if (typeof body === 'string') content = hasNoBody ? null : namedText(body, headers)
  else if (hasNoBody) delivery.bodyEnded()
  else {
    const pieces = bodyStream(delivery, world, request, asTermination)
    content = decodeStream(pieces, headers['content-encoding'], (error) => {
      delivery.bodyFailed('code' in error ? String(error.code) : error.name)
      return asTermination(error)
    })
  }
  const response = new Response(content, { status, headers })
  Object.defineProperty(response, 'url', { value: count === 0 ? url : url.replace(/#.*/s, '') })
  if (count > 0) Object.defineProperty(response, 'redirected', { value: true })
  if (delivery.isWatched && typeof body === 'string') readInOneStep(response, body)
  return response
}

/**
 * Makes a body be read in one step of promises: by itself, each major version of Node takes another number of them, and
 * what happens so many steps after an answer would happen elsewhere.
 */
function readInOneStep(response: Response, text: string): void {
  const real = { text: response.text.bind(response), json: response.json.bind(response) }
  const once = <Value>(read: () => Promise<Value>, value: () => Value): Promise<Value> => {
    if (response.bodyUsed || response.body === null || response.body.locked) return read()
    // Read all the same, because a body can be read once.
    read().catch(() => {})
    return Promise.resolve().then(value)
  }
  Object.defineProperty(response, 'text', { value: () => once(real.text, () => text) })
  Object.defineProperty(response, 'json', { value: () => once(real.json, () => JSON.parse(text) as unknown) })
}

/** Text without its type goes out as bytes, because a Response would make one up for it. */
function namedText(body: string, headers: Readonly<Record<string, string>>): string | Uint8Array<ArrayBuffer> {
  return 'content-type' in headers ? body : new TextEncoder().encode(body)
}

/** Node's fetch reports every failure below HTTP as this TypeError and tells the truth in its cause. */
function asFetchFailure(error: unknown): TypeError {
  return new TypeError('fetch failed', { cause: error })
}

/** And as this one where the body had begun. */
function asTermination(error: unknown): TypeError {
  return new TypeError('terminated', { cause: error })
}
