import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { usageError } from '../contract/errors.ts'
import { publishReport } from '../report/publish-report.ts'
import type { ComparedPart } from '../results/comparison/comparison-schema.ts'
import type { Results } from '../results/results-schema.ts'
import type { Baseline } from '../runner/baseline.ts'
import type { Config } from '../runner/config.ts'
import { defaultMargin } from '../runner/baseline-config.ts'
import { readResultsFile } from './read-results-file.ts'

/** The flags of a run that speak of baselines. */
export interface BaselineFlags {
  /** Compares with this file instead of the configured ones. */
  readonly baseline?: string | undefined
  readonly updateBaseline: boolean
  readonly allow: readonly ComparedPart[]
}

/**
 * The baselines of a run, read before its first trial.
 *
 * @throws {ShakedownError} of kind `usage` where a file is missing or holds no results; a moving one may be missing
 */
export function readBaselines(root: string, config: Config, flags: BaselineFlags, isWhole: boolean): Baseline[] {
  const { pinned, moving, margin = defaultMargin, allow = [] } = config.baseline ?? {}
  const terms = { margin, allow: [...allow, ...flags.allow], isWhole }
  if (flags.baseline !== undefined) {
    const path = resolve(flags.baseline)
    return flags.updateBaseline && !existsSync(path)
      ? []
      : [{ ...terms, name: flags.baseline, results: readResultsFile(path) }]
  }
  return [
    ...(pinned === undefined ? [] : [{ ...terms, name: 'pinned', results: readResultsFile(resolve(root, pinned)) }]),
    ...(moving === undefined || !existsSync(resolve(root, moving))
      ? []
      : [{ ...terms, name: 'moving', results: readResultsFile(resolve(root, moving)) }]),
  ]
}

/**
 * The file that `--update-baseline` replaces: the one that was given, or the moving one of the configuration.
 *
 * @throws {ShakedownError} of kind `usage` where there is neither
 */
export function baselineToUpdate(root: string, { baseline }: Config, flags: BaselineFlags): string | null {
  if (!flags.updateBaseline) return null
  if (flags.baseline !== undefined) return resolve(flags.baseline)
  if (baseline?.moving !== undefined) return resolve(root, baseline.moving)
  throw usageError(
    'NO_BASELINE',
    'flag --update-baseline: there is no baseline to move; give --baseline <file>, or set "baseline.moving" in the configuration.',
  )
}

/**
 * Replaces a baseline by a result, whole or not at all, and says in a sentence what became of it.
 *
 * Never by a run that did not pass, that made fewer trials than it declares, or that left scenarios of the baseline out:
 * each would lower what the next run is held against.
 */
export function updateBaseline(path: string, results: Results): string {
  const refusal = whyNot(path, results)
  if (refusal !== null) return `Baseline ${path} stays as it is: ${refusal}.`
  publishReport(dirname(path), { [basename(path)]: `${JSON.stringify(results, null, 2)}\n` })
  return `Baseline ${path} is now this run.`
}

function whyNot(path: string, { verdict, scenarios }: Results): string | null {
  if (verdict.status !== 'pass') return 'the run did not pass'
  const short = scenarios.find(({ measure }) =>
    measure?.conditions.some(({ tally }) => measure.mostTrials === null && tally.trials < measure.declaredTrials),
  )
  if (short !== undefined) return `"${short.name}" was measured with fewer trials than it asks for`
  if (!existsSync(path)) return null
  const names = new Set(scenarios.map(({ name }) => name))
  const missing = readResultsFile(path).scenarios.find(({ name }) => !names.has(name))
  return missing === undefined ? null : `the run left "${missing.name}" out`
}
