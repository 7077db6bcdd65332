import { type BodyPart, type BodyReader, MalformedBody } from './body-reader.ts'

/** The most bytes of one line: a size with its extensions, or a trailer. */
const maxLineBytes = 16 * 1024
const maxTrailerBytes = 64 * 1024

/** Follows a body in chunks. Source: RFC 9112 section 7.1. */
export class ChunkedBody implements BodyReader {
  #state: 'size' | 'data' | 'data end' | 'trailers' | 'done' = 'size'
  #line = ''
  #left = 0
  #trailerBytes = 0

  get isDone(): boolean {
    return this.#state === 'done'
  }

  take(bytes: Buffer): BodyPart {
    const data: Buffer[] = []
    let at = 0
    while (at < bytes.length && this.#state !== 'done') {
      if (this.#state !== 'data') {
        at = this.#readLine(bytes, at)
        continue
      }
      const end = Math.min(bytes.length, at + this.#left)
      data.push(bytes.subarray(at, end))
      this.#left -= end - at
      at = end
      if (this.#left === 0) this.#state = 'data end'
    }
    return { taken: at, data }
  }

  #readLine(bytes: Buffer, from: number): number {
    const feedAt = bytes.indexOf(0x0a, from)
    const end = feedAt < 0 ? bytes.length : feedAt + 1
    this.#line += bytes.toString('latin1', from, end)
    if (this.#line.length > maxLineBytes) throw new MalformedBody('a line of its chunks is too long')
    if (feedAt < 0) return end
    if (!this.#line.endsWith('\r\n')) throw new MalformedBody('a line of its chunks has no carriage return')
    const line = this.#line.slice(0, -2)
    this.#line = ''
    this.#understand(line)
    return end
  }

  #understand(line: string): void {
    if (this.#state === 'size') {
      const size = /^([0-9A-Fa-f]{1,13})[ \t]*(;[^\r]*)?$/.exec(line)?.[1]
      if (size === undefined) throw new MalformedBody('the size of a chunk is no number')
      this.#left = Number.parseInt(size, 16)
      this.#state = this.#left === 0 ? 'trailers' : 'data'
    } else if (this.#state === 'data end') {
      if (line !== '') throw new MalformedBody('a chunk is longer than it says')
      this.#state = 'size'
    } else if (line === '') {
      this.#state = 'done'
    } else {
      this.#trailerBytes += line.length
      if (this.#trailerBytes > maxTrailerBytes) throw new MalformedBody('its trailers are too long')
    }
  }
}
