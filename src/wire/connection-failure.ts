import type { TransportFailure } from './reply.ts'

/** The names of undici's own errors; those of the system have none. */
const names: Partial<Record<TransportFailure['failure'], string>> = {
  UND_ERR_SOCKET: 'SocketError',
  UND_ERR_CONNECT_TIMEOUT: 'ConnectTimeoutError',
  UND_ERR_HEADERS_TIMEOUT: 'HeadersTimeoutError',
  UND_ERR_BODY_TIMEOUT: 'BodyTimeoutError',
  HPE_INVALID_CONSTANT: 'HTTPParserError',
  HPE_INVALID_CHUNK_SIZE: 'HTTPParserError',
}

/**
 * Raised to the client for a failure below HTTP, in the words of undici, which is what fetch is made of; other
 * transports turn it into what their client would see.
 *
 * Measured with Node 24 against a real server: undici 7 gives the errors of its parser no code, and the redirects too
 * many are a plain error.
 */
export class ConnectionFailure extends Error {
  static {
    this.prototype.name = 'Error'
  }
  readonly #failure: TransportFailure
  readonly code?: string | undefined

  constructor(failure: TransportFailure) {
    super(isOfParser(failure) ? `Response does not match the HTTP/1.1 protocol (${failure.message})` : failure.message)
    this.#failure = failure
    if (failure.failure !== 'REDIRECT_LOOP') this.code = isOfParser(failure) ? undefined : failure.failure
    const name = names[failure.failure]
    if (name !== undefined) this.name = name
  }

  /** What happened; no property of its own, because clients print those. */
  get failure(): TransportFailure {
    return this.#failure
  }
}

/** Whether what came is no HTTP, so that the client's parser told of it. */
export function isOfParser({ failure }: TransportFailure): boolean {
  return failure.startsWith('HPE_')
}
