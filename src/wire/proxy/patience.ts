import { realClock } from '../../simulation/real-clock.ts'
import type { ByteSource } from './byte-source.ts'

/** Waits in real time; false at once when the client gives up. */
export function pause(ms: number, client: ByteSource): Promise<boolean> {
  if (client.isEnded) return Promise.resolve(false)
  if (ms <= 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const timer = realClock.setTimeout(() => finish(true), ms)
    const onEnd = (): void => finish(false)
    const finish = (isStillThere: boolean): void => {
      realClock.clearTimeout(timer)
      client.socket.off('end', onEnd)
      client.socket.off('close', onEnd)
      resolve(isStillThere)
    }
    client.socket.on('end', onEnd)
    client.socket.on('close', onEnd)
  })
}

/** Waits until the client gives up. */
export function untilGone({ socket, isEnded }: ByteSource): Promise<void> {
  if (isEnded) return Promise.resolve()
  return new Promise((resolve) => {
    socket.once('end', resolve)
    socket.once('close', resolve)
  })
}
