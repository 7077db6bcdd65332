import type { StoreConnection } from '../../simulation/stores.ts'

/** The file of a store as whoever wants to interfere with a call finds it. */
export interface StoreFile {
  readonly path: string
  /** The agent's own connection; null while it opens one. */
  readonly connection: StoreConnection | null
  /** Opens the file beside the agent, as another process would. */
  readonly openAnother: () => StoreConnection
}

/** A state into which a file was brought for one call. */
export interface FileState {
  /** Ends the state, and says whether the call, which threw this or returned, has met it. */
  leave(thrown: unknown): boolean
}
