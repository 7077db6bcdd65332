import { type FSWatcher, type Stats, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { usageError } from '../../contract/errors.ts'

/** Folders that are watched, each for what happens in it and not below. */
export interface FolderWatch extends Disposable {
  /**
   * Watches these folders and no others.
   *
   * @returns those that were not watched before: what has happened in them so far was not told
   * @throws {ShakedownError} of kind `usage` where the system watches no more
   */
  watch(folders: ReadonlySet<string>): string[]
}

interface Watched {
  readonly watcher: FSWatcher
  /** A folder that was replaced by another of its name is watched no longer. */
  readonly inode: number
}

/**
 * Tells of what happens in folders.
 *
 * By the watcher of Node on each folder, rather than on files: a file that an editor replaces, or that is not there yet,
 * cannot be watched by itself. Below a folder is not watched, since that would be packages, and much else.
 *
 * @param onChange told the absolute path; a folder's own where its system does not say more
 */
export function openFolderWatch(onChange: (path: string) => void): FolderWatch {
  const watched = new Map<string, Watched>()
  const drop = (folder: string): void => {
    watched.get(folder)?.watcher.close()
    watched.delete(folder)
  }
  const add = (folder: string, inode: number): void => {
    const watcher = openWatcher(folder, (name) => onChange(name === null ? folder : join(folder, name)))
    watched.set(folder, { watcher, inode })
    watcher.on('error', () => {
      drop(folder)
      onChange(folder)
    })
  }
  return {
    watch(folders) {
      const inodes = new Map([...folders].flatMap((folder) => inodeOf(folder)))
      for (const [folder, { inode }] of watched) if (inodes.get(folder) !== inode) drop(folder)
      const fresh = [...inodes].filter(([folder]) => !watched.has(folder))
      for (const [folder, inode] of fresh) add(folder, inode)
      return fresh.map(([folder]) => folder)
    },
    [Symbol.dispose]() {
      for (const folder of [...watched.keys()]) drop(folder)
    },
  }
}

function openWatcher(folder: string, onEvent: (name: string | null) => void): FSWatcher {
  try {
    return watch(folder, { encoding: 'utf8' }, (_event, name) => onEvent(name))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw usageError(
      'WATCH',
      `flag --watch: the folder ${folder} cannot be watched (${reason}); where the system watches no more, raise its limit (on Linux fs.inotify.max_user_watches and max_user_instances).`,
      error,
    )
  }
}

/** None for a folder that is not there. */
function inodeOf(folder: string): [string, number][] {
  const found: Stats | undefined = statSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true ? [[folder, found.ino]] : []
}
