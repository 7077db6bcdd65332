import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { usageError } from '../../contract/errors.ts'
import { publicEdition } from '../../report/public/public-edition.ts'
import type { Results } from '../../results/results-schema.ts'
import { readIfThere } from '../read-results-file.ts'
import type { ReportFlags } from './report-flags.ts'

interface Places {
  readonly flags: ReportFlags
  /** Where the edition goes, and where the full results are. */
  readonly folder: string
  readonly path: string
}

/**
 * The public edition of results, once it is sure that nothing full is lost or published beside it.
 *
 * @throws {ShakedownError} of kind `usage` for the folder of full results, one that holds an environment, or an edition of an edition
 */
export function publicReport(full: Results, bytes: Uint8Array, { flags, folder, path }: Places): Results {
  if (full.edition !== undefined) {
    throw usageError('EDITION', `${path} is a public edition already; give the full results.json of the run.`)
  }
  if (flags.previous !== undefined) {
    throw usageError('EDITION', 'earlier results are no part of a public edition; leave out --previous.')
  }
  if (folder === dirname(path)) {
    throw usageError('EDITION', `--public would replace the full results in ${folder}; name another folder with --out.`)
  }
  requireOwnFolder(folder)
  return publicEdition(full, bytes, flags.keep)
}

/** What is published is a folder: nothing full may be left in it. */
function requireOwnFolder(folder: string): void {
  const results = readIfThere(join(folder, 'results.json'))
  const isFull = results !== null && !/"edition": \{\s*"name": "public"/.test(results)
  if (!isFull && !existsSync(join(folder, 'environment.json'))) return
  throw usageError(
    'EDITION',
    `${folder} holds the report of full results, which would be published with the edition; name an empty folder with --out.`,
  )
}
