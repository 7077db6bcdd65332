import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { harnessError } from '../../contract/errors.ts'
import type { ModelCassette } from './model-cassette-schema.ts'

/**
 * Writes a cassette, whole or not at all: beside its place first, and moved there by renaming.
 *
 * @throws {ShakedownError} of kind `harness` where it cannot be written; an earlier file is untouched
 */
export function writeModelCassette(file: string, cassette: ModelCassette): void {
  const beside = `${file}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, `${JSON.stringify(cassette, null, 2)}\n`, { flush: true })
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw harnessError(
      'CASSETTE_NOT_WRITTEN',
      `the cassette could not be written to ${file} (${reason}), and an earlier one there is untouched; make room or choose another file.`,
      error,
    )
  }
}
