import type { BodyChunk, Reply } from '../../wire/reply.ts'

/** The body of a reply in pieces; a whole one is one piece that comes at once. */
export function framesIn({ body }: Reply): readonly BodyChunk[] {
  return typeof body === 'string' ? [{ afterMs: 0, bytes: new TextEncoder().encode(body) }] : body
}

/** The length of a body in bytes. */
export function bytesOf({ body }: Reply): number {
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
}
