import { headerValue } from './message-head.ts'
import { type RequestHead, type RequestProblem, problem } from './request-head.ts'

/** The one service that a listener forwards to. */
export interface Destination {
  /** Scheme, host and port of the service. */
  readonly origin: URL
  /** The port that the proxy listens on for it. */
  readonly port: number
}

/** A request as it is sent on. */
export interface Forwarded {
  /** Path and query. */
  readonly path: string
  /** The head with nothing changed but the host, and the target where it was an absolute URL. */
  readonly head: Buffer
}

const ownNames = ['127.0.0.1', 'localhost']

/**
 * Decides whether a request is for the service, and addresses it to there.
 *
 * A client that was told another base URL, or was led here by a name that somebody else's DNS gives out, is refused:
 * nothing is forwarded where nobody asked for it.
 */
export function forwarded(request: RequestHead, destination: Destination): Forwarded | RequestProblem {
  const { origin, port } = destination
  const { method, target } = request
  const own = ownNames.map((name) => (port === 80 ? name : `${name}:${port}`))
  if (method === 'CONNECT') return refused('a tunnel', destination)
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(target) ? parseUrl(target) : undefined
  const isPath = target.startsWith('/') || (target === '*' && method === 'OPTIONS')
  if (absolute === undefined && !isPath) return refused('a target that is no path', destination)
  if (absolute !== undefined) {
    const isOwn = absolute.protocol === 'http:' && own.includes(absolute.host)
    if (absolute.origin !== origin.origin && !isOwn) return refused(`the host ${quote(absolute.host)}`, destination)
  }
  const host = headerValue(request.headers, 'host')?.toLowerCase()
  const admitted = absolute === undefined ? own : [...own, absolute.host]
  if (host !== undefined && !admitted.includes(host)) return refused(`the host ${quote(host)}`, destination)
  const path = absolute === undefined ? target : absolute.pathname + absolute.search
  return { path, head: addressedTo(origin.host, path, request) }
}

function addressedTo(host: string, path: string, { method, lines }: RequestHead): Buffer {
  const [first = '', ...rest] = lines
  const version = first.slice(first.lastIndexOf(' '))
  const headers = rest.map((line) => {
    const [name] = /^host:[ \t]*/i.exec(line) ?? []
    return name === undefined ? line : name + host
  })
  return Buffer.from(`${[`${method} ${path}${version}`, ...headers].join('\r\n')}\r\n\r\n`, 'latin1')
}

function refused(what: string, { origin, port }: Destination): RequestProblem {
  return problem(
    403,
    'FORBIDDEN',
    `shakedown proxy forwards only to ${origin.origin} and was asked for ${what}; give the client http://127.0.0.1:${port} in the place of ${origin.origin}.`,
  )
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)
}
