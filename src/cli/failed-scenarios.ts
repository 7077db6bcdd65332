import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { usageError } from '../contract/errors.ts'
import { scenarioVerdicts } from '../report/scenario-verdicts.ts'
import { quantity } from '../results/quantity.ts'
import { readResultsFile } from './read-results-file.ts'
import type { Choice } from './choice.ts'

/** Where the last results are, and of which run they are asked. */
export interface LastResults {
  /** The flag: true for those of the report folder, or a results.json, or its folder. */
  readonly flag: true | string
  /** The report folder of the run that is asked for. */
  readonly folder: string
  readonly seed: number
}

/**
 * Chooses the scenarios that have not passed yet: they failed or were undecided in the last results, or the run ended
 * before it came to them.
 *
 * @param files scenario files, relative to the configuration
 * @throws {ShakedownError} of kind `usage` where there are no results to go by
 */
export function chooseFailed(files: readonly string[], { flag, folder, seed }: LastResults): Choice {
  const given = flag === true ? folder : resolve(flag)
  const place = existsSync(given) && !statSync(given).isDirectory() ? given : join(given, 'results.json')
  if (!existsSync(place)) {
    throw usageError(
      'NO_LAST_RESULTS',
      `flag --last-failed: there is no file ${place}, so that nobody knows what failed; run without --last-failed first, or write --last-failed=<results.json>.`,
    )
  }
  const results = readResultsFile(place)
  const failed = scenarioVerdicts(results)
    .filter(({ verdict }) => verdict.status !== 'pass')
    .map(({ scenario }) => scenario.file)
  const skipped = (results.notRun?.scenarios ?? []).filter(({ why }) => why === 'bail').map(({ file }) => file)
  const open = new Set([...failed, ...skipped])
  const chosen = files.filter((file) => open.has(file))
  const told = chosen.length === 0 ? noneTold(open, place) : [someTold(chosen.length, files.length, place)]
  const seeds =
    results.seed === seed || chosen.length === 0
      ? []
      : [`The last results are of seed ${results.seed}, and this run is of seed ${seed}.`]
  return { files: chosen, why: 'passed before', told: [...told, ...seeds] }
}

function someTold(chosen: number, all: number, place: string): string {
  return `Running ${chosen} of ${quantity(all, 'scenario file')}: what did not pass in ${place}.`
}

function noneTold(open: ReadonlySet<string>, place: string): string[] {
  if (open.size === 0) return [`Nothing to run: every scenario in ${place} passed.`]
  return [
    `Nothing to run: what did not pass in ${place} (${[...open].join(', ')}) is not among the scenario files asked for.`,
  ]
}
