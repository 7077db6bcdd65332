import { isUtf8 } from 'node:buffer'
import type { Reply } from './reply.ts'

/** The body of a reply from its bytes: text where they are text, else one piece that arrives at once. */
export function replyBody(bytes: Uint8Array): Reply['body'] {
  return isUtf8(bytes) ? Buffer.from(bytes).toString() : [{ afterMs: 0, bytes }]
}
