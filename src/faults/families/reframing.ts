import type { BodyChunk } from '../../wire/reply.ts'
import type { Frames } from './stream-frames.ts'

/** How the bytes of a stream travel. */
export interface Framing {
  /** The most bytes in one piece. */
  readonly pieceBytes: number
  /** Frames that come together, at the time of the last of them. */
  readonly framesTogether: number
  readonly lineEnd: 'lf' | 'crlf' | 'cr'
}

const lineEnds = { lf: '\n', crlf: '\r\n', cr: '\r' } as const

/** The same stream in other pieces: what it says is the same, byte for byte but for the line ends. */
export function reframed(frames: Frames, { pieceBytes, framesTogether, lineEnd }: Framing): BodyChunk[] {
  const pieces: BodyChunk[] = []
  for (let at = 0; at < frames.length; at += framesTogether) {
    const together = frames.slice(at, at + framesTogether)
    const bytes = withLineEnds(Buffer.concat(together.map((frame) => frame.bytes)), lineEnds[lineEnd])
    const afterMs = together.reduce((sum, frame) => sum + frame.afterMs, 0)
    pieces.push(...piecesOf(bytes, afterMs, pieceBytes))
  }
  return pieces
}

/** Splits each character of more than one byte behind its first; null where there is none. */
export function splitCharacters(frames: Frames): BodyChunk[] | null {
  const pieces = frames.flatMap(({ afterMs, bytes }) => {
    const starts = [...bytes.keys()].filter((index) => (bytes[index] ?? 0) >= 0xc0)
    const cuts = [0, ...starts.map((index) => index + 1), bytes.length]
    return cuts.slice(1).map((end, index) => ({
      afterMs: index === 0 ? afterMs : 0,
      bytes: bytes.slice(cuts[index], end),
    }))
  })
  return pieces.length === frames.length ? null : pieces
}

/** Byte by byte: a piece may begin or end inside a character. */
function withLineEnds(bytes: Buffer, lineEnd: string): Uint8Array {
  return new Uint8Array(Buffer.from(bytes.toString('latin1').replaceAll(/\r\n|\n/g, lineEnd), 'latin1'))
}

function piecesOf(bytes: Uint8Array, afterMs: number, size: number): BodyChunk[] {
  const pieces: BodyChunk[] = []
  for (let from = 0; from < bytes.length; from += size) {
    pieces.push({ afterMs: from === 0 ? afterMs : 0, bytes: bytes.slice(from, from + size) })
  }
  return pieces
}
