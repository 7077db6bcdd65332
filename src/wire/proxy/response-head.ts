import type { BodyExtent } from './body-extent.ts'
import { type RawHeader, headerValue, headerValues } from './message-head.ts'

/** The head of a response as it was written. */
export interface ResponseHead {
  readonly status: number
  /** The status line without its end. */
  readonly statusLine: string
  readonly headers: readonly RawHeader[]
}

/** Parses the head of a response as leniently as clients do; null for what is none. */
export function parseResponseHead(bytes: Buffer): ResponseHead | null {
  const [statusLine = '', ...rest] = bytes.toString('latin1').split(/\r?\n/)
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1]
  if (status === undefined) return null
  const headers = rest.flatMap((line): RawHeader[] => {
    const colonAt = line.indexOf(':')
    return colonAt < 1 ? [] : [[line.slice(0, colonAt).trimEnd(), line.slice(colonAt + 1).trim()]]
  })
  return { status: Number(status), statusLine, headers }
}

/** Where the body of a response ends. Source: RFC 9112 section 6.3. */
export function responseExtent({ status, headers }: ResponseHead, method: string): BodyExtent {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 'none'
  const coding = headerValue(headers, 'transfer-encoding')
  if (coding !== null) return /(^|,)\s*chunked$/i.test(coding) ? 'chunked' : 'until close'
  const lengths = headerValues(headers, 'content-length')
  const [length = ''] = lengths
  if (lengths.length === 0 || !/^\d{1,15}$/.test(length)) return 'until close'
  return { bytes: Number(length) }
}
