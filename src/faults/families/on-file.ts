import type { FileState, StoreFile } from '../../wire/stores/store-file.ts'
import { sqliteCause } from '../../wire/stores/sqlite-error.ts'
import type { Effect } from '../catalogue-member.ts'

/** Undoes what was done to a file. */
export type Undo = () => void

/**
 * Brings a file into a state for one call. It strikes where the call then fails with one of the causes: a write that
 * still finds room on a full disk has met nothing.
 *
 * @param bring returns null where the file cannot be brought into the state now, e.g. because the agent holds its lock
 */
export function whileOnFile(causes: readonly string[], bring: (file: StoreFile) => Undo | null): Effect {
  return {
    mayMiss: true,
    onFile(file): FileState | null {
      const undo = attempt(() => bring(file))
      if (undo === null) return null
      return {
        leave(thrown) {
          undo()
          return thrown !== undefined && causes.includes(sqliteCause(thrown))
        },
      }
    },
  }
}

/** What SQLite itself refuses while the state is brought about is no fault of the agent's call. */
export function attempt<State>(bring: () => State | null): State | null {
  try {
    return bring()
  } catch {
    return null
  }
}
