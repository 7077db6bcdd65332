import type { Socket } from 'node:net'

/** Writes to a socket and waits while it cannot take more; what is written to a closed one is lost. */
export function write(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  if (!socket.writable || bytes.length === 0) return Promise.resolve()
  const isTaken = typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes)
  if (isTaken) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}

/** Waits until everything written so far has left for the other side. */
export function flushed(socket: Socket): Promise<void> {
  if (!socket.writable) return Promise.resolve()
  // A socket that is closed while it waits calls back, with an error that means nothing here.
  return new Promise((resolve) => void socket.write('', () => resolve()))
}
