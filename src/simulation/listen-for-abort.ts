import type { World } from './world.ts'

/**
 * Listens for the abort of a signal until it is called off, or until the world ends.
 *
 * A signal made of others, as by `AbortSignal.any`, is kept by Node for as long as somebody listens to it. Left behind by
 * an agent that never ended its wait, it would keep the whole world.
 *
 * @returns what calls it off
 */
export function listenForAbort(world: World, signal: AbortSignal | null | undefined, onAbort: () => void): () => void {
  if (!signal) return () => {}
  const stop = (): void => {
    signal.removeEventListener('abort', onAbort)
    forget()
  }
  const forget = world.whenClosed(stop)
  signal.addEventListener('abort', onAbort, { once: true })
  return stop
}
