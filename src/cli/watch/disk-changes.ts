import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { realClock } from '../../simulation/real-clock.ts'
import { openFolderWatch } from './folder-watch.ts'
import type { WatchedFiles } from './watched-files.ts'

/** Editors and version control write in bursts; a burst is over after so long without another change. */
const quietMs = 100

/** How far the times of files may lag behind the clock. */
const coarseMs = 50

/** Tells of changes of the files that were last said to matter. */
export interface DiskChanges extends Disposable {
  /**
   * Watches what a look at the project has found.
   *
   * @param sinceMs when that look began: a file that has changed since then is told
   * @throws {ShakedownError} of kind `usage` where the system watches no more
   */
  watch(watched: WatchedFiles, files: Iterable<string>, sinceMs: number): void
  /** Absolute paths at which something has happened since they were last taken. */
  take(): ReadonlySet<string>
}

/** @param onChange called after each burst of changes */
export function openDiskChanges(onChange: () => void): DiskChanges {
  let watched: WatchedFiles | null = null
  let paths = new Set<string>()
  let quiet: ReturnType<typeof realClock.setTimeout> | undefined
  const changed = (path: string): void => {
    if (watched?.mayMatter(path) !== true) return
    paths.add(path)
    realClock.clearTimeout(quiet)
    quiet = realClock.setTimeout(onChange, quietMs)
  }
  const folders = openFolderWatch(changed)
  return {
    watch(next, files, sinceMs) {
      watched = next
      const fresh = new Set(folders.watch(next.folders))
      for (const file of files) {
        if (fresh.has(dirname(file)) && changedMs(file) > sinceMs - coarseMs) changed(file)
      }
    },
    take() {
      const taken = paths
      paths = new Set()
      return taken
    },
    [Symbol.dispose]() {
      realClock.clearTimeout(quiet)
      folders[Symbol.dispose]()
    },
  }
}

/** Milliseconds since the epoch; also where a file was moved to its place. Infinite where it is gone. */
function changedMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? Number.POSITIVE_INFINITY
}
