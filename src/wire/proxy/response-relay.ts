import { bodyReader } from './body-extent.ts'
import { type BodyReader, MalformedBody } from './body-reader.ts'
import type { ByteSource } from './byte-source.ts'
import type { CallReport } from './call-report.ts'
import { readHead } from './message-head.ts'
import { maxResponseHeadBytes } from './reply-collector.ts'
import { parseResponseHead, responseExtent } from './response-head.ts'
import { write } from './sink.ts'

/**
 * How the passing on of a response ended: `complete`; `closing`, complete by the end of the connection; `closed`, the
 * upstream ended before the response did; `lost`, its connection failed; `switched`, both speak another protocol now.
 */
export type RelayEnd = 'complete' | 'closing' | 'closed' | 'lost' | 'switched'

/** What is passed on, and to whom. */
export interface Relay {
  readonly upstream: ByteSource
  readonly client: ByteSource
  readonly method: string
  /** Whether the client was told to continue already. */
  readonly isContinued: boolean
  readonly report: CallReport
}

/** Passes a response on byte for byte as it comes, the answers before the final one included. */
export async function relayResponse(relay: Relay): Promise<RelayEnd> {
  const { upstream, client, method, isContinued, report } = relay
  try {
    for (;;) {
      const { how, bytes } = await readHead(upstream, maxResponseHeadBytes)
      const head = how === 'whole' ? parseResponseHead(bytes) : null
      if (head?.status === 100 && isContinued) continue
      await write(client.socket, bytes)
      if (head === null) return how === 'ended' ? 'closed' : await relayBody(relay, bodyReader('until close'), 'closed')
      if (head.status === 101) return 'switched'
      if (head.status < 200) continue
      report.head(head.status)
      const extent = responseExtent(head, method)
      return await relayBody(relay, bodyReader(extent), extent === 'until close' ? 'closing' : 'closed')
    }
  } catch {
    return 'lost'
  }
}

/** Passes a body on; `atEnd` is what the end of the connection means. */
export async function relayBody(
  { upstream, client, report }: Relay,
  body: BodyReader,
  atEnd: 'closing' | 'closed',
): Promise<RelayEnd> {
  let reader = body
  try {
    while (!reader.isDone) {
      const bytes = await upstream.read()
      if (bytes === null) return atEnd
      let taken = bytes.length
      try {
        const part = reader.take(bytes)
        taken = part.taken
        for (const { length } of part.data) report.body(length)
      } catch (error) {
        if (!(error instanceof MalformedBody)) throw error
        // What is no HTTP goes through as well: clients shall see what the service sends.
        reader = bodyReader('until close')
        atEnd = 'closed'
      }
      upstream.unread(bytes.subarray(taken))
      await write(client.socket, bytes.subarray(0, taken))
    }
    return 'complete'
  } catch {
    return 'lost'
  }
}

/** Passes everything on until either side ends. */
export async function tunnel(one: ByteSource, other: ByteSource): Promise<void> {
  await Promise.all([pass(one, other), pass(other, one)])
}

async function pass(from: ByteSource, to: ByteSource): Promise<void> {
  try {
    for (let bytes = await from.read(); bytes !== null; bytes = await from.read()) await write(to.socket, bytes)
    to.socket.end()
  } catch {
    to.socket.destroy()
  }
}
