import net, { type Socket } from 'node:net'
import tls from 'node:tls'
import { ByteSource } from './byte-source.ts'

/** Begins to connect to a service. */
export function connectTo(origin: URL): Socket {
  const host = origin.hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = origin.protocol === 'https:'
  const target = { host, port: Number(origin.port) || (isSecure ? 443 : 80), allowHalfOpen: true }
  if (!isSecure) return net.connect(target)
  // A name of the server is sent for names only.
  const servername = net.isIP(host) === 0 ? { servername: host } : {}
  return tls.connect({ ...target, ...servername, ALPNProtocols: ['http/1.1'] })
}

/**
 * Waits until a connection has come about.
 *
 * Rejects with the error of the system, or of TLS, where none does, and when the socket is destroyed meanwhile.
 */
export function connected(socket: Socket): Promise<ByteSource> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new Error('the connection was given up'))
    socket.once('error', reject)
    socket.once('close', onClose)
    socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject)
      socket.off('close', onClose)
      resolve(new ByteSource(socket))
    })
  })
}

/** The code of a failed connection, e.g. `ECONNREFUSED`; of several attempts, that of the first. */
export function failureCode(error: unknown): string {
  if (error instanceof AggregateError) return failureCode(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
}
