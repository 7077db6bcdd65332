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
 *
 * @param asError told of bytes that are none of the encoding, and gives the error that the reader gets
 */
export function decodeStream(
  body: ReadableStream<Uint8Array>,
  encoding: string | undefined,
  asError: (error: Error) => Error,
): ReadableStream<Uint8Array> {
  if (encoding === undefined) return body
  const names = encoding.split(',').map((name) => name.trim().toLowerCase())
  if (!names.every((name) => name in decoders)) return body
  return names.reduceRight<ReadableStream<Uint8Array>>((encoded, name) => {
    const decoder = decoders[name]
    return decoder === undefined ? encoded : decodedBy(decoder(), encoded, asError)
  }, body)
}

function decodedBy(
  decoder: Duplex,
  encoded: ReadableStream<Uint8Array>,
  asError: (error: Error) => Error,
): ReadableStream<Uint8Array> {
  let failure: Error | undefined
  // The first to hear of it: what breaks afterwards, breaks for that reason.
  decoder.prependOnceListener('error', (error) => {
    failure = 'errno' in error ? asError(error) : error
  })
  const reader = encoded.pipeThrough<Uint8Array>(Duplex.toWeb(decoder)).getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        controller.error(failure ?? error)
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
