import type { FetchInput } from '../network.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Routes `fetch` to the network of the world the caller is in; clients may capture it early and keep it. */
export function patchFetch(patches: PatchSet): void {
  const real = globalThis.fetch
  function fetch(input: FetchInput, init?: RequestInit): Promise<Response> {
    const world = currentContext()?.world
    return world === undefined ? real(input, init) : world.network.fetch(input, init)
  }
  patches.replace(globalThis, 'fetch', resemble(fetch, real))
}
