import type { BodyPart, BodyReader } from './body-reader.ts'
import { ChunkedBody } from './chunked-body.ts'

/** How far the body of a message goes. */
export type BodyExtent = 'none' | 'chunked' | 'until close' | { readonly bytes: number }

/** A reader for a body that goes so far. */
export function bodyReader(extent: BodyExtent): BodyReader {
  if (extent === 'chunked') return new ChunkedBody()
  if (extent === 'until close') return { isDone: false, take: whole }
  return new MeasuredBody(extent === 'none' ? 0 : extent.bytes)
}

function whole(bytes: Buffer): BodyPart {
  return { taken: bytes.length, data: [bytes] }
}

class MeasuredBody implements BodyReader {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  get isDone(): boolean {
    return this.#left === 0
  }

  take(bytes: Buffer): BodyPart {
    const taken = Math.min(this.#left, bytes.length)
    this.#left -= taken
    return { taken, data: taken === 0 ? [] : [bytes.subarray(0, taken)] }
  }
}
