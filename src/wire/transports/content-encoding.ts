import { Duplex } from 'node:stream'
import zlib from 'node:zlib'

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress(),
}

/**
 * Undoes the content encodings of a body, as every `fetch` does before anybody reads it.
 *
 * An unknown encoding leaves the body as it is, again as `fetch` does.
 */
export function decodeStream(
  body: ReadableStream<Uint8Array>,
  encoding: string | undefined,
): ReadableStream<Uint8Array> {
  if (encoding === undefined) return body
  const names = encoding.split(',').map((name) => name.trim().toLowerCase())
  if (!names.every((name) => name in decoders)) return body
  return names.reduceRight<ReadableStream<Uint8Array>>((encoded, name) => {
    const decoder = decoders[name]
    return decoder === undefined ? encoded : encoded.pipeThrough(Duplex.toWeb(decoder()))
  }, body)
}
