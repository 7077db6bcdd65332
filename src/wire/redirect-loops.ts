import type { NetworkRequest } from '../simulation/network.ts'
import type { CallRecord } from './call-record.ts'
import { ConnectionFailure } from './connection-failure.ts'
import { Delivery } from './delivery.ts'
import type { UpstreamCall } from './interference.ts'
import type { Reply } from './reply.ts'
import { opaqueReply } from './upstream.ts'

/** Redirects that Node's fetch follows before it gives up, measured with Node 24: it asks 21 times. */
export const mostRedirects = 20
const mark = 'redirected=1'

/** The answer of an endless redirect: method and body are kept, and the way leads here again. */
export function redirectReply(url: string): Reply {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''
  const location = query === '' || query.includes(mark) ? `?${query || mark}` : `?${query}&${mark}`
  return { status: 307, headers: { location, 'content-length': '0' }, body: '' }
}

/**
 * The endless redirects of one trial.
 *
 * Following one is the client's own doing, below what an agent sees: it is one call, whatever number of requests it
 * takes.
 */
export class RedirectLoops {
  readonly #records = new Map<string, CallRecord>()

  /** A call that is answered with an endless redirect; `pause` waits in virtual time, as long as the client does. */
  async begin(
    { request, upstream }: UpstreamCall,
    record: CallRecord,
    pause: (delayMs: number) => Promise<void>,
  ): Promise<Delivery> {
    if (request.redirect === 'follow' || request.redirect === 'error') {
      const isFollowed = request.redirect === 'follow'
      if (isFollowed) await pause(mostRedirects * upstream.latencyMs)
      record.failed('REDIRECT_LOOP')
      const message = isFollowed ? 'redirect count exceeded' : 'unexpected redirect'
      throw new ConnectionFailure({ failure: 'REDIRECT_LOOP', message })
    }
    const reply = redirectReply(request.url)
    this.#records.set(new URL(reply.headers['location'] ?? '', request.url).href, record)
    record.head(reply)
    record.end(reply, { ...opaqueReply, class: 'failure' })
    return new Delivery(reply, record)
  }

  /** The same answer again where a client follows by itself; null for any other request. */
  again({ url }: NetworkRequest): Delivery | null {
    const record = this.#records.size === 0 ? undefined : this.#records.get(url)
    return record === undefined ? null : new Delivery(redirectReply(url), record)
  }
}
