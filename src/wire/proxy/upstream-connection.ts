import net from 'node:net'
import tls from 'node:tls'
import { ByteSource } from './byte-source.ts'

/**
 * Opens a connection to a service.
 *
 * Rejects with the error of the system, or of TLS, where none comes about.
 */
export function connectTo(origin: URL): Promise<ByteSource> {
  const host = origin.hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = origin.protocol === 'https:'
  const port = Number(origin.port) || (isSecure ? 443 : 80)
  const target = { host, port, allowHalfOpen: true }
  // A name of the server is sent for names only.
  const servername = net.isIP(host) === 0 ? { servername: host } : {}
  const socket = isSecure ? tls.connect({ ...target, ...servername, ALPNProtocols: ['http/1.1'] }) : net.connect(target)
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject)
      resolve(new ByteSource(socket))
    })
  })
}

/** The code of a failed connection, e.g. `ECONNREFUSED`; of several attempts, that of the first. */
export function failureCode(error: unknown): string {
  if (error instanceof AggregateError) return failureCode(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
}
