import { type Dirent, existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { ShakedownError, usageError } from '../contract/errors.ts'
import type { Environment } from '../results/environment-schema.ts'
import { readEnvironment, readResults } from '../results/read-results.ts'
import type { Results } from '../results/results-schema.ts'
import type { DatedResults, LeftOut } from '../results/trends/trends.ts'
import type { EarlierRuns } from '../results/trends/trends-of.ts'
import { dateOfRun } from './date-of-run.ts'

/**
 * Reads the results of earlier runs below a folder; none where there is no such folder yet.
 *
 * A folder with a `results.json` is one run, as `run` writes it. In any other folder each JSON file is one, with its
 * `NAME.environment.json` beside it. What cannot be read is told and left out; what has no date is refused, because a
 * series without an order would be a wrong one.
 *
 * @throws {ShakedownError} of kind `usage` where the folder is none, or the date of a run is nowhere to be found
 */
export function readEarlierRuns(folder: string): EarlierRuns {
  const runs: DatedResults[] = []
  const unreadable: LeftOut[] = []
  for (const path of resultFiles(folder)) {
    const name = relative(folder, path).split(sep).join('/')
    const read = readRun(path, name, folder)
    if (typeof read === 'string') unreadable.push({ name, scenario: null, sentence: read })
    else
      runs.push({
        name,
        at: dateOfRun(read.environment, name, path),
        commit: read.environment?.commit ?? null,
        results: read.results,
      })
  }
  return { runs, unreadable }
}

interface ReadRun {
  readonly results: Results
  readonly environment: Environment | null
}

/** A run, or why it cannot be read, in a sentence without its full stop. */
function readRun(path: string, name: string, folder: string): ReadRun | string {
  try {
    const results = readResults(readFileSync(path, 'utf8'), name)
    return { results, environment: environmentBeside(path) }
  } catch (error) {
    if (ShakedownError.is(error))
      return error.message.replaceAll(`${folder}${sep}`, '').replace(`${name}: `, '').replace(/\.$/, '')
    return `it cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`
  }
}

/**
 * The environment of a run whose results are in a file; null where nobody kept it.
 *
 * @throws {ShakedownError} of kind `usage` where there is one that cannot be read
 */
export function environmentBeside(path: string): Environment | null {
  const file = basename(path)
  const own = file === 'results.json' ? 'environment.json' : file.replace(/\.json$/, '.environment.json')
  const place = join(dirname(path), own)
  return existsSync(place) ? readEnvironment(readFileSync(place, 'utf8'), place) : null
}

function resultFiles(folder: string): string[] {
  const entries = entriesOf(folder)
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const own = files.includes('results.json')
    ? ['results.json']
    : files.filter((name) => name.endsWith('.json') && !name.endsWith('environment.json'))
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return [...own.map((name) => join(folder, name)), ...folders.flatMap((name) => resultFiles(join(folder, name)))]
}

/** In an order that is the same everywhere; hidden files are nobody's results. */
function entriesOf(folder: string): Dirent[] {
  if (!existsSync(folder)) return []
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  } catch (error) {
    throw usageError('NO_FOLDER', `${folder} is no folder that can be read; give the folder of earlier results.`, error)
  }
}
