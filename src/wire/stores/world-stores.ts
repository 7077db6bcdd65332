import { resolve } from 'node:path'
import { usageError } from '../../contract/errors.ts'
import type { Store, Stores } from '../../simulation/stores.ts'
import type { World } from '../../simulation/world.ts'
import type { Exchanges } from '../exchange.ts'
import type { Upstream } from '../upstream.ts'
import { type SqliteStore, isSqliteStore } from './sqlite-store.ts'
import { StoreFolder } from './store-folder.ts'
import { WorldStore } from './world-store.ts'

/** The files of one trial: those of the stores that its scenario declares, and nothing else. */
export class WorldStores implements Stores {
  readonly #byPath = new Map<string, WorldStore>()
  readonly #folder = new StoreFolder()

  /**
   * @throws {ShakedownError} of kind `usage` where two stores are declared under one path
   */
  constructor(declared: readonly SqliteStore[], world: World, exchanges: Exchanges) {
    for (const store of declared) {
      const path = resolve(store.path)
      if (this.#byPath.has(path)) {
        throw usageError('STORE_PATH', `two stores have the path "${store.path}"; give each a path of its own.`)
      }
      this.#byPath.set(path, new WorldStore(store, { world, exchanges, folder: this.#folder }))
    }
  }

  at(path: string): Store | undefined {
    return path === '' ? undefined : this.#byPath.get(resolve(path))
  }

  cut(): void {
    for (const store of this.#byPath.values()) store.cut()
  }

  close(): void {
    for (const store of this.#byPath.values()) store.close()
    this.#folder.remove()
  }
}

/** The stores among the upstreams of a scenario; undefined where it has none, so that nothing is made for nobody. */
export function worldStores(upstreams: readonly Upstream[], world: World, exchanges: Exchanges): Stores | undefined {
  const declared = upstreams.filter(isSqliteStore)
  return declared.length === 0 ? undefined : new WorldStores(declared, world, exchanges)
}
