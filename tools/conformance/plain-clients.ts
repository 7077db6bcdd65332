import type { IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import axios, { AxiosError } from 'axios'
import type { SampleCall } from '../../src/faults/samples/sample-call.ts'
import { type Patience, type Sight, digestOf, errorWords } from './sight.ts'

/** A client that makes one call and tells what it saw; `origin` is where it finds the service. */
export type Client = (sample: SampleCall, origin: string, patience: Patience) => Promise<Sight>

/** `fetch`, and the body read piece by piece. */
export const fetchClient: Client = async ({ request }, origin, { signalMs }) => {
  const { method, headers, body } = request
  const init: RequestInit = { method, body, signal: AbortSignal.timeout(signalMs) }
  if (headers !== undefined) init.headers = headers()
  try {
    const response = await fetch(at(request.url, origin), init)
    return await readBody(response.status, response.body ?? [])
  } catch (error) {
    return { words: errorWords(error) }
  }
}

/** `node:http`, or `node:https` where the address says so. */
export const nodeClient: Client = async ({ request }, origin, { signalMs }) => {
  const { method, headers, body } = request
  const url = at(request.url, origin)
  const options = { method, headers: headers === undefined ? {} : Object.fromEntries(headers()), agent: false as const }
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const client = url.startsWith('https:') ? https : http
      const sent = client.request(url, { ...options, signal: AbortSignal.timeout(signalMs) }, resolve)
      sent.on('error', reject)
      sent.end(body)
    })
    return await readBody(response.statusCode ?? 0, response as AsyncIterable<Uint8Array>)
  } catch (error) {
    return { words: errorWords(error) }
  }
}

/** axios with its defaults: it throws for every status but 2xx, and reads a body whole. */
export const axiosClient: Client = async ({ request }, origin, { signalMs }) => {
  const { method, url, headers, body } = request
  const options = { method, data: body, responseType: 'text' as const, signal: AbortSignal.timeout(signalMs) }
  try {
    const response = await axios.request<string>({
      ...options,
      url: at(url, origin),
      headers: headers === undefined ? {} : Object.fromEntries(headers()),
    })
    return wholeBody(response.status, response.data)
  } catch (error) {
    const status = error instanceof AxiosError ? error.response?.status : undefined
    return { words: `${status === undefined ? '' : `${status}, `}${errorWords(error)}` }
  }
}

/** The address of a request at another origin. */
export function at(url: string, origin: string): string {
  const { pathname, search } = new URL(url)
  return `${origin}${pathname}${search}`
}

async function readBody(status: number, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Sight> {
  const come: Uint8Array[] = []
  try {
    for await (const piece of pieces) come.push(piece)
    return wholeBody(status, Buffer.concat(come).toString())
  } catch (error) {
    const body = Buffer.concat(come).toString()
    return { words: `${status}, ${bytesOf(body)}, then ${errorWords(error)}`, digest: digestOf(body) }
  }
}

function wholeBody(status: number, body: string): Sight {
  return { words: `${status}, ${bytesOf(body)}`, digest: digestOf(body) }
}

function bytesOf(body: string): string {
  return `${Buffer.byteLength(body)} bytes`
}
