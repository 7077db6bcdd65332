import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { harnessError, usageError } from '../contract/errors.ts'

/** A claim on a report folder, held while a run lasts. */
export interface FolderClaim {
  release(): void
}

/**
 * Claims a report folder for one run, so that two runs never write into the same one.
 *
 * @throws {ShakedownError} of kind `usage` where a run that is still alive holds it
 */
export function claimFolder(folder: string): FolderClaim {
  const lock = `${folder}.lock`
  try {
    mkdirSync(dirname(folder), { recursive: true })
  } catch (error) {
    throw cannotClaim(folder, error)
  }
  if (!tryLock(lock, folder)) {
    const holder = Number(readLock(lock))
    if (isAlive(holder)) {
      throw usageError(
        'FOLDER_TAKEN',
        `another run (process ${holder}) is writing to ${folder}; wait for it or choose another folder with --out.`,
      )
    }
    // Left behind by a run that was killed.
    rmSync(lock, { force: true })
    if (!tryLock(lock, folder)) return claimFolder(folder)
  }
  return { release: () => rmSync(lock, { force: true }) }
}

function tryLock(lock: string, folder: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw cannotClaim(folder, error)
  }
}

function readLock(lock: string): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function cannotClaim(folder: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  return harnessError('FOLDER', `the folder ${folder} cannot be written (${reason}); choose another with --out.`, error)
}
