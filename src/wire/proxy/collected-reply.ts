import zlib from 'node:zlib'
import { isAmazonStream } from '../bedrock/event-stream.ts'
import type { Reply } from '../reply.ts'
import { replyBody } from '../reply-body.ts'
import type { CollectedReply } from './reply-collector.ts'
import type { ResponseHead } from './response-head.ts'
import { type TimedBytes, amazonFrames, sseFrames } from './sse-frames.ts'

/** No compressed reply may grow beyond it. */
const limits = { maxOutputLength: 256 * 1024 * 1024 }

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.gunzipSync(bytes, limits),
  'x-gzip': (bytes) => zlib.gunzipSync(bytes, limits),
  deflate: (bytes) => zlib.inflateSync(bytes, limits),
  br: (bytes) => zlib.brotliDecompressSync(bytes, limits),
  zstd: (bytes) => zlib.zstdDecompressSync(bytes, limits),
}

/**
 * A reply as faults take it: lower-case headers without those of its framing, the body decoded, a stream in frames with
 * their times.
 */
export function toReply(head: ResponseHead, collected: CollectedReply): Reply {
  const headers = lowerCased(head)
  const isStream = headers['content-type']?.startsWith('text/event-stream') === true
  delete headers['content-length']
  delete headers['transfer-encoding']
  const pieces = decoded(collected.pieces, headers)
  if (isStream) {
    headers['transfer-encoding'] = 'chunked'
    return { status: head.status, headers, body: sseFrames(pieces, collected.startedMs) }
  }
  if (isAmazonStream({ headers })) {
    headers['transfer-encoding'] = 'chunked'
    return { status: head.status, headers, body: amazonFrames(pieces, collected.startedMs) }
  }
  return { status: head.status, headers, body: replyBody(Buffer.concat(pieces.map(({ bytes }) => bytes))) }
}

/** Every header once, the values of one name joined. */
export function lowerCased({ headers }: ResponseHead): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [written, value] of headers) {
    const name = written.toLowerCase()
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name]}, ${value}` : value
  }
  return joined
}

/** Undoes the content encoding, and takes its header away; leaves alone what cannot be decoded. */
function decoded(pieces: readonly TimedBytes[], headers: Record<string, string>): readonly TimedBytes[] {
  const encoding = headers['content-encoding']?.toLowerCase()
  const decode = encoding === undefined ? undefined : decoders[encoding]
  const last = pieces.at(-1)
  if (decode === undefined || last === undefined) return pieces
  try {
    const bytes = decode(Buffer.concat(pieces.map((piece) => piece.bytes)))
    delete headers['content-encoding']
    return [{ atMs: last.atMs, bytes }]
  } catch {
    return pieces
  }
}
