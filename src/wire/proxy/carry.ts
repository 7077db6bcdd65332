import type { ByteSource } from './byte-source.ts'
import { type IncomingRequest, RequestCut } from './incoming-request.ts'

/** A request that is under way while its answer already comes. */
export interface Carried<Received> {
  readonly received: Received
  /** Settles when the whole request is sent on; rejects where it cannot be. */
  readonly sent: Promise<void>
  /** Why it cannot be, where that is known by now. */
  readonly failure: unknown
}

/**
 * Sends a request on while its answer is received, and lets the upstream see what the client does: its end, and its
 * going away.
 */
export async function carry<Received>(
  request: IncomingRequest,
  client: ByteSource,
  upstream: ByteSource,
  options: { readonly isIdentityAsked: boolean; readonly receive: () => Promise<Received> },
): Promise<Carried<Received>> {
  const onEnd = (): void => void upstream.socket.end()
  const onClose = (): void => void upstream.socket.destroy()
  let isAnswered = false
  let failure: unknown
  client.socket.once('close', onClose)
  if (client.socket.destroyed) onClose()
  const sent = request.sendTo(upstream, options.isIdentityAsked).then(
    () => {
      if (client.isEnded) onEnd()
      else if (!isAnswered) client.socket.once('end', onEnd)
    },
    (error: unknown) => {
      failure = error
      if (error instanceof RequestCut) onEnd()
      else onClose()
      throw error
    },
  )
  sent.catch(() => {
    // Whoever waits for it is told; it may well be that nobody does.
  })
  const received = await options.receive()
  isAnswered = true
  client.socket.off('end', onEnd)
  client.socket.off('close', onClose)
  return { received, sent, failure }
}
