import type { TransportFailure } from './reply.ts'

/** Raised to the client for a failure below HTTP; transports turn it into what their client would see. */
export class ConnectionFailure extends Error {
  static {
    this.prototype.name = 'Error'
  }
  readonly code: string
  constructor(failure: TransportFailure) {
    super(failure.message)
    this.code = failure.failure
  }
}
