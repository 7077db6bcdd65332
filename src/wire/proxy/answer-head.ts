import { STATUS_CODES } from 'node:http'
import { isBodiless } from '../transports/bodiless.ts'
import type { Reply } from '../reply.ts'
import { lowerCased } from './collected-reply.ts'
import type { RawHeader } from './message-head.ts'
import type { ResponseHead } from './response-head.ts'

/** What an answer that the proxy writes depends on. */
export interface AnswerForm {
  readonly method: string
  /** Path and query that were asked for. */
  readonly path: string
  readonly version: '1.0' | '1.1'
  /** Whether the client keeps the connection. */
  readonly isPersistent: boolean
  /** The head of the upstream's own reply, of which is kept as it was written whatever a fault left alone. */
  readonly original: ResponseHead | null
}

/** How the end of a body is told: `stated` by a length that the reply itself gives, true or not. */
type Framing = 'none' | 'chunked' | 'length' | 'stated' | 'until close'

/** The head of an answer, and what follows from it. */
export interface AnswerHead {
  readonly bytes: Buffer
  readonly framing: Framing
  /** Whether another request may follow on the connection. */
  readonly isPersistent: boolean
}

/** Writes the head of an answer. */
export function answerHead(reply: Reply, form: AnswerForm): AnswerHead {
  const framing = framingOf(reply, form)
  const isClosing = reply.headers['connection']?.toLowerCase() === 'close'
  const isPersistent = form.isPersistent && !isClosing && framing !== 'until close'
  const headers = headersOf(reply, form.original).filter(([name]) => !isFraming(name, framing))
  if (framing === 'chunked') headers.push(['transfer-encoding', 'chunked'])
  if (framing === 'length') headers.push(['content-length', String(bodyBytes(reply))])
  if (!isPersistent && !isClosing) headers.push(['connection', 'close'])
  const lines = [statusLine(reply, form.original), ...headers.map(([name, value]) => `${name}: ${value}`)]
  return { bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), framing, isPersistent }
}

/** Bytes of a body, however it is delivered. */
export function bodyBytes({ body }: Reply): number {
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
}

function framingOf({ status, headers, body, ending }: Reply, { method, version }: AnswerForm): Framing {
  if (isBodiless(status, method)) return 'none'
  if (headers['content-length'] !== undefined) return 'stated'
  if (version === '1.0') return ending === undefined && typeof body === 'string' ? 'length' : 'until close'
  if (headers['transfer-encoding'] !== undefined) return 'chunked'
  if (typeof body === 'string') return 'length'
  const isBroken = ending !== undefined && 'failure' in ending
  if (headers['connection'] === 'close' && !isBroken) return 'until close'
  return headers['content-type']?.startsWith('text/event-stream') === true || ending !== undefined
    ? 'chunked'
    : 'length'
}

function isFraming(name: string, framing: Framing): boolean {
  const lower = name.toLowerCase()
  return lower === 'transfer-encoding' || (lower === 'content-length' && framing !== 'stated')
}

/** The headers of a reply: as the upstream wrote them where they are its own, then those that it had not. */
function headersOf({ headers }: Reply, original: ResponseHead | null): RawHeader[] {
  if (original === null) return Object.entries(headers)
  const own = lowerCased(original)
  const isKept = (name: string): boolean => own[name] !== undefined && own[name] === headers[name]
  const kept = original.headers.filter(([name]) => isKept(name.toLowerCase()))
  return [...kept, ...Object.entries(headers).filter(([name]) => !isKept(name))]
}

function statusLine({ status }: Reply, original: ResponseHead | null): string {
  if (original?.status === status) return original.statusLine
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`
}
