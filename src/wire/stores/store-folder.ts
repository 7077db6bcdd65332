import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** Where Linux keeps files in memory: a trial writes often, and what it wrote need not outlive it. */
const inMemory = '/dev/shm'

let within: string | undefined

/**
 * Keeps the files of every trial of this process in one folder, which is made when it is first needed: whoever ends the
 * process in the middle of a trial can then remove what it leaves.
 */
export function keepStoresIn(folder: string): void {
  within = folder
}

/** The folder of one trial's files, made when the first is. */
export class StoreFolder {
  #root: string | undefined
  #count = 0

  /** A path for a file, in a folder of its own: SQLite puts its journal beside it. */
  pathFor(declaredPath: string): string {
    this.#root ??= mkdtempSync(join(place(), 'shakedown-stores-'))
    const folder = join(this.#root, String(this.#count++))
    mkdirSync(folder)
    return join(folder, basename(declaredPath))
  }

  remove(): void {
    if (this.#root === undefined) return
    rmSync(this.#root, { recursive: true, force: true })
    this.#root = undefined
  }
}

function place(): string {
  if (within === undefined) return quickFolder()
  mkdirSync(within, { recursive: true })
  return within
}

/** The folder for files that need not outlive the process: in memory where there is one. */
export function quickFolder(): string {
  try {
    accessSync(inMemory, constants.W_OK)
    return inMemory
  } catch {
    return tmpdir()
  }
}
