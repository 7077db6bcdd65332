import { readFileSync } from 'node:fs'
import { usageError } from '../contract/errors.ts'
import { readResults } from '../results/read-results.ts'
import type { Results } from '../results/results-schema.ts'

/**
 * Reads full results, to be compared or counted with.
 *
 * @throws {ShakedownError} of kind `usage` where there is no such file, or it holds no results or an edition of some
 */
export function readResultsFile(path: string): Results {
  const results = readResults(readResultsText(path), path)
  if (results.edition === undefined) return results
  throw usageError(
    'EDITION',
    `${path} is a public edition, in which names and traces are left out; give the full results.json of the run.`,
  )
}

/** @throws {ShakedownError} of kind `usage` where there is no such file */
export function readResultsText(path: string): string {
  const text = readIfThere(path)
  if (text !== null) return text
  throw usageError('NO_RESULTS', `there is no file ${path}; give the results.json that a run has written.`)
}

/** The text of a file; null where it cannot be read. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
