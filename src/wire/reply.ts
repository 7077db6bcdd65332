/** One piece of a body that arrives `afterMs` virtual milliseconds after the piece before. */
export interface BodyChunk {
  readonly afterMs: number
  readonly bytes: Uint8Array
}

/** A complete HTTP answer. */
export interface Reply {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | readonly BodyChunk[]
  /** Virtual milliseconds until its head comes, besides those that the upstream takes for every call; default 0. */
  readonly afterMs?: number
  /** What comes after the last piece of a body in pieces; absent: its proper end. */
  readonly ending?: TransportFailure | Silence | LateEnd
}

/** The proper end of a body, so many virtual milliseconds after its last piece. */
export interface LateEnd {
  readonly lateMs: number
}

/**
 * A failure below HTTP. Node's fetch reports it as `TypeError: fetch failed`, or `TypeError: terminated` where the body
 * had begun, with a cause that has this code.
 */
export interface TransportFailure {
  readonly failure:
    | 'ECONNREFUSED'
    | 'ECONNRESET'
    | 'ENOTFOUND'
    | 'EAI_AGAIN'
    | 'CERT_HAS_EXPIRED'
    | 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
    | 'UND_ERR_SOCKET'
    | 'UND_ERR_CONNECT_TIMEOUT'
    | 'UND_ERR_HEADERS_TIMEOUT'
    | 'UND_ERR_BODY_TIMEOUT'
    | 'HPE_INVALID_CONSTANT'
    | 'HPE_INVALID_CHUNK_SIZE'
    | 'REDIRECT_LOOP'
  /** Node's message for it, e.g. `read ECONNRESET`; of its HTTP parser, the reason alone. */
  readonly message: string
}

/** No answer, ever: the connection stays open and silent, and only the patience of a client ends it. */
export interface Silence {
  readonly silence: true
}

/** The answer sends the client to where it asks already, again and again. */
export interface RedirectLoop {
  readonly redirects: 'for ever'
}

/** Everything that can become of a call. */
export type Answer = Reply | TransportFailure | Silence | RedirectLoop

export function isReply(answer: Answer): answer is Reply {
  return 'status' in answer
}

/** A JSON reply, with the header that says so. */
export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** The whole body as text, however it is delivered. */
export function bodyText(reply: Reply): string {
  return typeof reply.body === 'string' ? reply.body : Buffer.concat(reply.body.map((chunk) => chunk.bytes)).toString()
}
