import type { NetworkRequest } from '../../simulation/network.ts'
import { ConnectionFailure } from '../connection-failure.ts'
import { mostRedirects } from '../redirect-loops.ts'
import type { Reply } from '../reply.ts'

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const ofBody = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']
const ofOrigin = ['authorization', 'proxy-authorization', 'cookie', 'host']

/** How far a fetch has come on its way from redirect to redirect. */
export interface Way {
  readonly request: NetworkRequest
  /** Redirects that were followed. */
  readonly count: number
  /** Whether the body could be read once only, and so cannot be sent again. */
  readonly isStream: boolean
}

/**
 * The next step on the way of a fetch that follows redirects; null where there is none, and the reply is the answer.
 *
 * Source: https://fetch.spec.whatwg.org/#http-redirect-fetch, and what Node's fetch says where that fails.
 *
 * @throws what fetch gives as the cause of its failure
 */
export function followed({ request, count, isStream }: Way, { status, headers }: Reply): Way | null {
  const { location } = headers
  if (!redirecting.has(status) || request.redirect === 'manual') return null
  if (request.redirect === 'error') throw refusal('unexpected redirect')
  if (location === undefined || request.redirect === undefined) return null
  const from = new URL(request.url)
  const to = new URL(location, from)
  if (to.hash === '') to.hash = from.hash
  if (to.protocol !== 'http:' && to.protocol !== 'https:') throw refusal('URL scheme must be a HTTP(S) scheme')
  if (count === mostRedirects) throw refusal('redirect count exceeded')
  const isElsewhere = to.origin !== from.origin
  if (isElsewhere && (to.username !== '' || to.password !== '')) {
    throw refusal('cross origin not allowed for request mode "cors"')
  }
  if (status !== 303 && isStream) throw refusal('')
  return { request: redirected(request, status, to, isElsewhere), count: count + 1, isStream }
}

function redirected(request: NetworkRequest, status: number, to: URL, isElsewhere: boolean): NetworkRequest {
  const headers = new Headers(request.headers?.())
  const isGet = becomesGet(status, request.method)
  for (const name of [...(isGet ? ofBody : []), ...(isElsewhere ? ofOrigin : [])]) headers.delete(name)
  return {
    ...request,
    ...(isGet && { method: 'GET', body: '' }),
    url: to.href,
    header: (name) => headers.get(name),
    headers: () => headers,
  }
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}

function refusal(message: string): ConnectionFailure {
  return new ConnectionFailure({ failure: 'REDIRECT_LOOP', message })
}
