import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { harnessError } from '../contract/errors.ts'

/**
 * Puts a report into its folder, whole or not at all.
 *
 * Every file is written beside its place first and moved there by renaming, which needs no room; where that fails
 * half-way the earlier files are moved back. Other files of the folder are left alone.
 *
 * @param outdated files that are removed
 * @throws {ShakedownError} of kind `harness` where the disk is full or the folder cannot be written
 */
export function publishReport(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  outdated: readonly string[] = [],
): void {
  let scratch: string | undefined
  try {
    mkdirSync(folder, { recursive: true })
    scratch = mkdtempSync(join(folder, '.new-'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(scratch, name), content, { flush: true })
    exchange(folder, scratch, Object.keys(files), outdated)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw harnessError(
      'REPORT_NOT_WRITTEN',
      `the report could not be written to ${folder} (${reason}), and an earlier one there is untouched; make room or choose another folder with --out.`,
      error,
    )
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
  }
}

/** Moves each new file to its place and the earlier one out of it; undoes what it did where one cannot be moved. */
function exchange(folder: string, scratch: string, names: readonly string[], outdated: readonly string[]): void {
  const undo: (() => void)[] = []
  const moveAway = (name: string): void => {
    const [place, earlier] = [join(folder, name), join(scratch, `${name}.earlier`)]
    if (!existsSync(place)) return
    renameSync(place, earlier)
    undo.push(() => renameSync(earlier, place))
  }
  try {
    for (const name of outdated) moveAway(name)
    for (const name of names) {
      const place = join(folder, name)
      moveAway(name)
      renameSync(join(scratch, name), place)
      undo.push(() => renameSync(place, join(scratch, name)))
    }
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw error
  }
}
