import type { FetchInput, NetworkRequest } from '../../simulation/network.ts'
import type { Delivery } from '../exchange.ts'
import { chunkStream } from './chunk-stream.ts'

/** Where the fetch transport sends what it was given. */
export interface Sender {
  send(request: NetworkRequest): Promise<Delivery>
}

const bodiless = new Set([101, 103, 204, 205, 304])

/**
 * Does what `fetch` does, against upstreams that are plain functions.
 *
 * The fast path: string bodies and header objects are handed on as they are, and nothing is built that nobody reads.
 */
export async function fetchThrough(sender: Sender, input: FetchInput, init: RequestInit = {}): Promise<Response> {
  const request = isPlain(input, init) ? plainRequest(input, init) : await builtRequest(input, init)
  let delivery: Delivery
  try {
    delivery = await sender.send(request)
  } catch (error) {
    throw request.signal?.aborted === true ? error : asFetchFailure(error)
  }
  return toResponse(delivery, request)
}

function isPlain(input: FetchInput, init: RequestInit): input is string | URL {
  const isPlainBody = init.body === undefined || init.body === null || typeof init.body === 'string'
  return isPlainBody && (typeof input === 'string' || input instanceof URL)
}

function plainRequest(input: string | URL, init: RequestInit): NetworkRequest {
  return {
    method: init.method?.toUpperCase() ?? 'GET',
    url: typeof input === 'string' ? input : input.href,
    header: headerReader(init.headers),
    body: typeof init.body === 'string' ? init.body : '',
    signal: init.signal ?? null,
  }
}

/** The slow path, for Request objects, streams, forms and blobs. */
async function builtRequest(input: FetchInput, init: RequestInit): Promise<NetworkRequest> {
  const request = new Request(input, init.body instanceof ReadableStream ? { ...init, duplex: 'half' } : init)
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name),
    body: await request.text(),
    signal: request.signal,
  }
}

function headerReader(headers: RequestInit['headers']): (name: string) => string | null {
  if (headers === undefined) return () => null
  if (headers instanceof Headers) return (name) => headers.get(name)
  let read: Headers | undefined
  return (name) => (read ??= new Headers(headers as ConstructorParameters<typeof Headers>[0])).get(name)
}

function toResponse({ reply, bodyEnded, bodyAborted }: Delivery, { signal, url }: NetworkRequest): Response {
  const { status, headers, body } = reply
  if (bodiless.has(status)) return new Response(null, { status, headers })
  const stream =
    typeof body === 'string' ? body : ReadableStream.from(chunkStream(body, signal, bodyEnded, bodyAborted))
  const response = new Response(stream, { status, headers })
  Object.defineProperty(response, 'url', { value: url })
  return response
}

/** Node's fetch reports every failure below HTTP as this TypeError and tells the truth in its cause. */
function asFetchFailure(error: unknown): TypeError {
  return new TypeError('fetch failed', { cause: error })
}
