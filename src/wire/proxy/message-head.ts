import type { ByteSource } from './byte-source.ts'

/** A header as it was written. */
export type RawHeader = readonly [name: string, value: string]

/** How the reading of a head came out; of one that is not whole, `bytes` is what came of it. */
export interface HeadRead {
  readonly how: 'whole' | 'ended' | 'too long' | 'no http'
  readonly bytes: Buffer
}

const lineFeed = 0x0a
const carriageReturn = 0x0d
const tokenByte = /[!#$%&'*+\-.^_`|~0-9A-Za-z\r\n]/

/**
 * Reads to the empty line that ends the head of a message.
 *
 * A first byte that no message begins with is told at once: whoever speaks another protocol waits for an answer.
 */
export async function readHead(source: ByteSource, maxBytes: number): Promise<HeadRead> {
  let bytes: Buffer = Buffer.alloc(0)
  for (;;) {
    const more = await source.read()
    if (more === null) return { how: 'ended', bytes }
    const searchFrom = Math.max(0, bytes.length - 2)
    bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more])
    if (!tokenByte.test(String.fromCharCode(bytes[0] ?? 0))) return { how: 'no http', bytes }
    const end = headEnd(bytes, searchFrom)
    if (end > maxBytes || (end < 0 && bytes.length > maxBytes)) return { how: 'too long', bytes }
    if (end < 0) continue
    source.unread(bytes.subarray(end))
    return { how: 'whole', bytes: bytes.subarray(0, end) }
  }
}

/** Index behind the empty line; −1 where there is none yet. Bare line feeds count, so that nobody waits for ever. */
function headEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2
    if (bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed) return at + 3
  }
  return -1
}

/** The values of a header, in order. */
export function headerValues(headers: readonly RawHeader[], name: string): string[] {
  return headers.filter(([written]) => written.toLowerCase() === name).map(([, value]) => value)
}

/** The value of a header, its lines joined as RFC 9110 section 5.3 joins them; null where there is none. */
export function headerValue(headers: readonly RawHeader[], name: string): string | null {
  const values = headerValues(headers, name)
  return values.length === 0 ? null : values.join(', ')
}
