import type { BodyChunk } from '../reply.ts'

/** A piece of a body and when it came, in real milliseconds. */
export interface TimedBytes {
  readonly atMs: number
  readonly bytes: Buffer
}

const emptyLine = /\r\n\r\n|\n\n|\r\r/g

/**
 * The frames of a stream of server-sent events, each with the whole milliseconds since the one before.
 *
 * A frame came when its last byte did. What stands behind the last empty line is a frame of its own.
 *
 * @param startedMs when the head of the reply came
 */
export function sseFrames(pieces: readonly TimedBytes[], startedMs: number): BodyChunk[] {
  const all = Buffer.concat(pieces.map(({ bytes }) => bytes))
  const ends = Array.from(all.toString('latin1').matchAll(emptyLine), ({ index, 0: line }) => index + line.length)
  return framesEndingAt(ends, pieces, startedMs)
}

/**
 * The frames of a stream of Amazon's, each of which begins with its length.
 *
 * @param startedMs when the head of the reply came
 */
export function amazonFrames(pieces: readonly TimedBytes[], startedMs: number): BodyChunk[] {
  const all = Buffer.concat(pieces.map(({ bytes }) => bytes))
  const ends: number[] = []
  let end = 0
  // A frame is never shorter than its lengths and checksums: nothing that says so goes on for ever.
  while (end + 16 <= all.length) {
    end += Math.max(16, all.readUInt32BE(end))
    if (end <= all.length) ends.push(end)
  }
  return framesEndingAt(ends, pieces, startedMs)
}

/** What stands behind the last end is a frame of its own. */
function framesEndingAt(ends: number[], pieces: readonly TimedBytes[], startedMs: number): BodyChunk[] {
  const all = Buffer.concat(pieces.map(({ bytes }) => bytes))
  if (ends.at(-1) !== all.length && all.length > 0) ends.push(all.length)
  const cameAt = arrivals(pieces)
  const frames: BodyChunk[] = []
  let from = 0
  let previousMs = startedMs
  for (const end of ends) {
    const atMs = cameAt(end)
    frames.push({ afterMs: Math.max(0, Math.round(atMs - previousMs)), bytes: all.subarray(from, end) })
    from = end
    previousMs = atMs
  }
  return frames
}

/** When the byte before an offset came; to be asked with offsets that grow. */
function arrivals(pieces: readonly TimedBytes[]): (offset: number) => number {
  let index = 0
  let reached = pieces[0]?.bytes.length ?? 0
  return (offset) => {
    while (reached < offset && index < pieces.length - 1) reached += pieces[++index]?.bytes.length ?? 0
    return pieces[index]?.atMs ?? 0
  }
}
