import * as fc from 'fast-check'

/** A message as bytes, and how they are cut into packets. */
export interface Message {
  readonly bytes: Buffer
  readonly pieces: readonly Buffer[]
}

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,14}$/)
const value = fc.stringMatching(/^[!-~¡-ÿ](?:[ -~¡-ÿ]{0,30}[!-~¡-ÿ])?$/)
const hopByHop = /^(host|content-length|transfer-encoding|connection|expect|upgrade|te|trailer)$/i

/** Header lines of any case and order, names repeated, with more or less space behind the colon. */
const headerLines = fc
  .array(fc.tuple(token, fc.constantFrom('', ' ', '  ', '\t'), value, fc.boolean()), { maxLength: 8 })
  .map((headers) =>
    headers
      .filter(([name]) => !hopByHop.test(name))
      .flatMap(([name, space, text, isTwice]) => {
        const line = `${name}:${space}${text}`
        return isTwice ? [line, `${name.toLowerCase()}: again`] : [line]
      }),
  )

const content = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))

interface Body {
  readonly header: string[]
  readonly bytes: Buffer
}

const chunked: fc.Arbitrary<Body> = fc
  .record({
    chunks: fc.array(fc.tuple(content, fc.constantFrom('', ';name=value', ' ;a="b"'), fc.boolean()), { maxLength: 5 }),
    trailers: fc.array(fc.tuple(token, value), { maxLength: 2 }),
    name: fc.constantFrom('Transfer-Encoding', 'transfer-encoding'),
  })
  .map(({ chunks, trailers, name }) => {
    const framed = chunks
      .filter(([bytes]) => bytes.length > 0)
      .flatMap(([bytes, extension, isUpper]) => {
        const size = isUpper ? bytes.length.toString(16).toUpperCase() : bytes.length.toString(16)
        return [Buffer.from(`${size}${extension}\r\n`), bytes, Buffer.from('\r\n')]
      })
    const lines = trailers.map(([key, text]) => `${key}: ${text}\r\n`).join('')
    return {
      header: [`${name}: chunked`],
      bytes: Buffer.concat([...framed, Buffer.from(`0\r\n${lines}\r\n`, 'latin1')]),
    }
  })

const measured: fc.Arbitrary<Body> = content.map((bytes) => ({ header: [`Content-Length: ${bytes.length}`], bytes }))
const bodiless: fc.Arbitrary<Body> = fc.constant({ header: [], bytes: Buffer.alloc(0) })

const method = fc.oneof(
  fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND'),
  token.filter((name) => !['HEAD', 'CONNECT'].includes(name)),
)
const path = fc.stringMatching(/^\/[!-~]{0,30}$/)

/** Requests to a host: one and the same but for the host is what the upstream has to get. */
export function requestTo(): fc.Arbitrary<(host: string) => Message> {
  return fc
    .record({
      line: fc.tuple(method, path),
      body: fc.oneof(bodiless, measured, chunked),
      before: headerLines,
      after: headerLines,
      host: fc.constantFrom('Host: ', 'host:', 'HOST:\t'),
      cuts: fc.array(fc.nat(600), { maxLength: 4 }),
    })
    .map(({ line, body, before, after, host: name, cuts }) => (host: string) => {
      const lines = [`${line.join(' ')} HTTP/1.1`, ...before, name + host, ...body.header, ...after]
      return message(lines, body.bytes, cuts)
    })
}

/** Responses whose end HTTP tells, with answers before the final one. */
export const response: fc.Arbitrary<Message> = fc
  .record({
    interim: fc.constantFrom(
      '',
      'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
      'HTTP/1.1 102 \r\n\r\n',
    ),
    status: fc.constantFrom(200, 201, 204, 206, 301, 304, 404, 418, 429, 500, 599),
    reason: fc.constantFrom('', 'OK', 'Whatever it says', 'nOt oK'),
    body: fc.oneof(measured, chunked),
    headers: headerLines,
    cuts: fc.array(fc.nat(600), { maxLength: 4 }),
  })
  .map(({ interim, status, reason, body, headers, cuts }) => {
    const hasBody = status !== 204 && status !== 304
    const lines = [`${interim}HTTP/1.1 ${status} ${reason}`, ...headers, ...(hasBody ? body.header : [])]
    return message(lines, hasBody ? body.bytes : Buffer.alloc(0), cuts)
  })

function message(lines: readonly string[], body: Buffer, cuts: readonly number[]): Message {
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
  const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
  return { bytes, pieces: at.slice(1).map((end, index) => bytes.subarray(at[index], end)) }
}
