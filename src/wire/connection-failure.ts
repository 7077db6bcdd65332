import type { TransportFailure } from './reply.ts'

/** The names of undici's own errors; those of the system have none. */
const names: Partial<Record<TransportFailure['failure'], string>> = {
  UND_ERR_SOCKET: 'SocketError',
  UND_ERR_CONNECT_TIMEOUT: 'ConnectTimeoutError',
}

/** Raised to the client for a failure below HTTP; transports turn it into what their client would see. */
export class ConnectionFailure extends Error {
  static {
    this.prototype.name = 'Error'
  }
  readonly code: string

  constructor({ failure, message }: TransportFailure) {
    super(message)
    this.code = failure
    const name = names[failure]
    if (name !== undefined) this.name = name
  }
}
