import net from 'node:net'
import type { VirtualTimer } from '../virtual-timer.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Parts of a socket that Node keeps to itself. */
interface SocketInternals {
  _unrefTimer(): void
  _destroy(error: Error | null, callback: (error?: Error | null) => void): void
}

/**
 * Virtual socket timeouts, and with them those of `http.request`.
 *
 * Node's own timers for them are internal, so that replacing `setTimeout` does not reach them.
 */
export function patchSocketTimeouts(patches: PatchSet): void {
  const prototype = net.Socket.prototype as net.Socket & SocketInternals
  const real = {
    setTimeout: prototype.setTimeout,
    unrefTimer: prototype._unrefTimer,
    push: prototype.push,
    destroy: prototype._destroy,
  }
  const timers = new WeakMap<net.Socket, VirtualTimer>()

  function setTimeout(this: net.Socket, timeoutMs: number, callback?: () => void): net.Socket {
    const world = currentContext()?.world
    if (world === undefined) return real.setTimeout.call(this, timeoutMs, callback)
    timers.get(this)?.close()
    Reflect.set(this, 'timeout', timeoutMs)
    if (timeoutMs > 0) {
      const timer = world.clock.setTimer(() => {
        if (!this.destroyed) this.emit('timeout')
      }, timeoutMs)
      timers.set(this, timer.unref())
      if (callback) this.once('timeout', callback)
    } else if (callback) this.removeListener('timeout', callback)
    return this
  }
  function unrefTimer(this: net.Socket): void {
    timers.get(this)?.refresh()
    real.unrefTimer.call(this)
  }
  // A pretended connection hands its bytes on without a word to Node's own timer.
  function push(this: net.Socket, chunk: unknown, encoding?: BufferEncoding): boolean {
    timers.get(this)?.refresh()
    return real.push.call(this, chunk, encoding)
  }
  function destroy(this: net.Socket, error: Error | null, done: () => void): void {
    timers.get(this)?.close()
    real.destroy.call(this, error, done)
  }
  patches.replace(prototype, 'setTimeout', resemble(setTimeout, real.setTimeout))
  patches.replace(prototype, '_unrefTimer', resemble(unrefTimer, real.unrefTimer))
  patches.replace(prototype, 'push', resemble(push, real.push))
  patches.replace(prototype, '_destroy', resemble(destroy, real.destroy))
}
