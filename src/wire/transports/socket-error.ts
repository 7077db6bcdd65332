import { getSystemErrorMap } from 'node:util'
import { ConnectionFailure, isOfParser } from '../connection-failure.ts'

/** An error as Node's own clients emit it for a connection that fails. */
export interface SocketError extends Error {
  readonly code: string
  readonly errno: number
  readonly syscall?: string
}

/** What undici tells in its own codes, in the words of `node:http` for the same event. */
const inTermsOfSockets: Readonly<Record<string, readonly [code: string, message: string]>> = {
  UND_ERR_SOCKET: ['ECONNRESET', 'socket hang up'],
  UND_ERR_CONNECT_TIMEOUT: ['ETIMEDOUT', 'connect ETIMEDOUT'],
}

const errnoByCode = new Map([...getSystemErrorMap()].map(([errno, [code]]) => [code, errno]))

/**
 * Turns a failed exchange into the error that a socket would have had.
 *
 * The interception destroys the socket with it only if it has both `code` and `errno`; anything else it would answer
 * with a 500 of its own.
 */
export function toSocketError(thrown: unknown): SocketError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const given = codeOf(error)
  const [code, message] = inTermsOfSockets[given] ?? [given, wordsOf(error)]
  const syscall = /^(read|write|connect|getaddrinfo) /.exec(message)?.[1]
  const known = { code, errno: errnoByCode.get(code) ?? 0, ...(syscall === undefined ? {} : { syscall }) }
  return Object.assign(new Error(message, { cause: error.cause }), known)
}

function codeOf(error: Error): string {
  if (error instanceof ConnectionFailure) return error.failure.failure
  return 'code' in error ? String(error.code) : 'ECONNRESET'
}

/** The words of Node's own parser for what is no HTTP. */
function wordsOf(error: Error): string {
  const isParsed = error instanceof ConnectionFailure && isOfParser(error.failure)
  return isParsed ? `Parse Error: ${error.failure.message}` : error.message
}
