import type { ByteSource } from './byte-source.ts'
import { MalformedBody } from './body-reader.ts'
import type { CallReport } from './call-report.ts'
import { carry } from './carry.ts'
import type { IncomingRequest } from './incoming-request.ts'
import { pause } from './patience.ts'
import { type RequestProblem, problem } from './request-head.ts'
import { type Relay, type RelayEnd, relayResponse, tunnel } from './response-relay.ts'
import { flushed } from './sink.ts'
import { failureCode } from './upstream-connection.ts'
import type { UpstreamLink } from './upstream-link.ts'

/** A request, where it came from, where it goes, and who is told. */
export interface ExchangeParts {
  readonly request: IncomingRequest
  readonly client: ByteSource
  readonly link: UpstreamLink
  readonly report: CallReport
}

/** Clients lose what they have not read when a connection is reset, so that it is left to them for a moment. */
const beforeResetMs = 25

/**
 * Sends a request to the service and passes the answer on, byte for byte, both as they come.
 *
 * @returns whether another request may follow on the connection, or why this one was not answered
 */
export async function forward(parts: ExchangeParts): Promise<boolean | RequestProblem> {
  const { request, client, report } = parts
  const upstream = await reach(parts)
  if ('status' in upstream) return upstream
  const relay = { upstream, client, method: request.head.method, isContinued: request.isContinued, report }
  const receive = (): Promise<RelayEnd> => relayResponse(relay)
  const { received, sent, failure } = await carry(request, client, upstream, { isIdentityAsked: false, receive })
  if (failure instanceof MalformedBody && !report.hasBegun) throw failure
  return concluded(received, relay, sent)
}

/** The connection to the service, or the sentence for one that does not come about. */
export async function reach({ client, link, report }: ExchangeParts): Promise<ByteSource | RequestProblem> {
  // Nobody waits for a connection to a service that does not answer, once the client has gone.
  const giveUp = (): void => link.drop()
  client.socket.once('close', giveUp)
  try {
    return await link.open()
  } catch (error) {
    const { name, origin } = report.upstream
    return problem(
      502,
      'UPSTREAM',
      `shakedown proxy could not connect to ${origin} (upstream "${name}"): ${failureCode(error)}; start that service, or name another one with --upstream.`,
    )
  } finally {
    client.socket.off('close', giveUp)
  }
}

/** Lets the client see how a relayed answer ended, and tells whether another request may follow. */
export async function concluded(end: RelayEnd, relay: Relay, sent: Promise<void>): Promise<boolean> {
  const { client, upstream, report } = relay
  const isGone = client.socket.destroyed || client.failure !== undefined
  if (isGone || (client.isEnded && (end === 'closed' || end === 'lost'))) {
    report.settle('abandoned')
    return false
  }
  if (end === 'switched') {
    report.head(101)
    await sent
    await tunnel(client, upstream)
  }
  if (end === 'lost') return reset(client, report)
  await flushed(client.socket)
  // An answer may come before the request is whole; the rest of it belongs to the service all the same.
  if (end === 'complete') await sent
  report.settle(end === 'closed' ? 'closed' : 'complete')
  return end === 'complete'
}

async function reset(client: ByteSource, report: CallReport): Promise<false> {
  await flushed(client.socket)
  if (report.hasBegun) await pause(beforeResetMs, client)
  report.settle('reset')
  client.socket.resetAndDestroy()
  return false
}
