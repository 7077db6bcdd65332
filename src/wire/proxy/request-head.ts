import { type RawHeader, headerValue, headerValues } from './message-head.ts'

/** The head of a request that can be forwarded. */
export interface RequestHead {
  readonly method: string
  /** As it was written: a path, an absolute URL or `*`. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly RawHeader[]
  /** The lines of the head as they were written, without their ends. */
  readonly lines: readonly string[]
  readonly body: 'none' | 'chunked' | { readonly bytes: number }
}

/** Why a request is not forwarded, in one sentence, and with which status. */
export interface RequestProblem {
  readonly status: 400 | 403 | 431 | 501 | 502 | 505
  readonly code: string
  readonly message: string
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const requestLine = new RegExp(`^(${token}) ([\\x21-\\x7e\\x80-\\xff]+) HTTP/(\\d)\\.(\\d)$`)
const headerLine = new RegExp(`^(${token}):([\\t\\x20-\\x7e\\x80-\\xff]*)$`)

/**
 * Parses the head of a request strictly: what two servers could understand differently is refused, because a request
 * hidden in another would reach the upstream unseen.
 *
 * Source: RFC 9112 sections 2.2, 3, 5 and 6.
 */
export function parseRequestHead(bytes: Buffer): RequestHead | RequestProblem {
  const lines = bytes
    .toString('latin1')
    .replace(/^(\r\n)+/, '')
    .split('\r\n')
    .slice(0, -2)
  const [first = '', ...rest] = lines
  const [, method = '', target = '', major, minor] = requestLine.exec(first) ?? []
  if (method === '') return malformed('its request line is not one of HTTP/1.1')
  if (major !== '1' || (minor !== '0' && minor !== '1')) {
    return problem(
      505,
      'VERSION',
      `the proxy speaks HTTP/1.0 and HTTP/1.1, and the request is HTTP/${major}.${minor}; ask for HTTP/1.1.`,
    )
  }
  const headers: RawHeader[] = []
  for (const [index, line] of rest.entries()) {
    const [, name, value] = headerLine.exec(line) ?? []
    if (name === undefined || value === undefined) return malformed(`line ${index + 2} of its head is no header`)
    headers.push([name, value.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')])
  }
  const version = `1.${minor}` as const
  const body = bodyOf(headers, version)
  if (typeof body === 'object' && 'status' in body) return body
  const hosts = headerValues(headers, 'host').length
  if (hosts > 1) return malformed('it has more than one Host header')
  if (hosts === 0 && version === '1.1') return malformed('it has no Host header')
  return { method, target, version, headers, lines, body }
}

/** Whether the client keeps the connection after the answer, where nothing else speaks against it. */
export function isPersistent({ version, headers }: RequestHead): boolean {
  const connection = headerValue(headers, 'connection')?.toLowerCase() ?? ''
  return version === '1.1' ? !connection.includes('close') : connection.includes('keep-alive')
}

/** A problem of the request's own making, as a sentence. */
export function problem(status: RequestProblem['status'], code: string, message: string): RequestProblem {
  return { status, code: `SHAKEDOWN_PROXY_${code}`, message }
}

function bodyOf(headers: readonly RawHeader[], version: string): RequestHead['body'] | RequestProblem {
  const codings = headerValues(headers, 'transfer-encoding')
  const lengths = headerValues(headers, 'content-length')
  if (codings.length > 0) {
    if (lengths.length > 0) return malformed('it has both Content-Length and Transfer-Encoding')
    if (version === '1.0') return malformed('HTTP/1.0 knows no Transfer-Encoding')
    if (codings.length === 1 && codings[0]?.toLowerCase() === 'chunked') return 'chunked'
    return problem(
      501,
      'TRANSFER_ENCODING',
      `the transfer encoding is not "chunked" alone; send the body as "chunked" or with its length.`,
    )
  }
  const [length] = lengths
  if (length === undefined) return 'none'
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) return malformed('its Content-Length is not one whole number')
  return { bytes: Number(length) }
}

/** A request that two servers could understand differently, or none at all. */
export function malformed(what: string): RequestProblem {
  return problem(
    400,
    'MALFORMED',
    `the proxy cannot forward a request that is malformed: ${what}; send it as RFC 9112 says.`,
  )
}
