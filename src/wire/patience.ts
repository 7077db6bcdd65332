import type { Patience } from '../simulation/network.ts'
import type { TransportFailure } from './reply.ts'

/**
 * The patience of undici, and so of Node's fetch: 300 s each by default.
 *
 * Measured with Node 24 against a server that says nothing, and one that stops in the middle of a body.
 */
export const undiciPatience: Patience = { headersMs: 300_000, bodyMs: 300_000 }

/** What Linux waits for a connection, measured with `node:http`, which has no limit of its own. */
export const systemConnectMs = 135_000

export const headersTimeout: TransportFailure = { failure: 'UND_ERR_HEADERS_TIMEOUT', message: 'Headers Timeout Error' }
export const bodyTimeout: TransportFailure = { failure: 'UND_ERR_BODY_TIMEOUT', message: 'Body Timeout Error' }
