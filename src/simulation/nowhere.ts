import type { Network } from './network.ts'
import { ProcessIsGone } from './process-is-gone.ts'

/** A promise of its own for each asker: one for all would keep hold of whoever has ever waited for it. */
const never = (): Promise<never> => new Promise(() => {})

/** Stops code that waits for nothing. */
function stop(): never {
  throw new ProcessIsGone()
}

/** The network of a process that is dead: every connection is taken, and nothing ever comes of it. */
export const nowhere: Network = {
  fetch: never,
  exchange: never,
  callLocally: ({ synchronous }) => (synchronous ? stop() : never()),
  admits: () => true,
  refuse: (host) => new Error(`"${host}" was refused: the process that asks for it was killed.`),
}
