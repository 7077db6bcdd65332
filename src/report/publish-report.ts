import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { harnessError } from '../contract/errors.ts'

/**
 * Puts a report into its folder, whole or not at all.
 *
 * Every file is written beside its place first and moved there by renaming, so that an earlier report stays as it was
 * where the new one cannot be written; other files of the folder are left alone.
 *
 * @throws {ShakedownError} of kind `harness` where the disk is full or the folder cannot be written
 */
export function publishReport(folder: string, files: Readonly<Record<string, string>>): void {
  let fresh: string | undefined
  try {
    mkdirSync(folder, { recursive: true })
    fresh = mkdtempSync(join(folder, '.new-'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(fresh, name), content, { flush: true })
    for (const name of Object.keys(files)) renameSync(join(fresh, name), join(folder, name))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw harnessError(
      'REPORT_NOT_WRITTEN',
      `the report could not be written to ${folder} (${reason}), and an earlier one there is untouched; make room or choose another folder with --out.`,
      error,
    )
  } finally {
    if (fresh !== undefined) rmSync(fresh, { recursive: true, force: true })
  }
}
