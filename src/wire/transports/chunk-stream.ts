import { setTimeout as sleep } from 'node:timers/promises'
import type { BodyChunk } from '../reply.ts'

/**
 * Delivers the pieces of a body at their virtual times.
 *
 * @param ended called once the last piece has been taken
 * @param aborted called where the signal ends the delivery early; the signal's reason is thrown
 */
export async function* chunkStream(
  chunks: readonly BodyChunk[],
  signal: AbortSignal | null,
  ended: () => void,
  aborted: () => void,
): AsyncGenerator<Uint8Array> {
  for (const { afterMs, bytes } of chunks) {
    try {
      if (afterMs > 0) await sleep(afterMs, undefined, signal ? { signal } : {})
      signal?.throwIfAborted()
    } catch {
      aborted()
      throw signal?.reason
    }
    yield bytes
  }
  ended()
}
