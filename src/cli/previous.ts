import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { usageError } from '../contract/errors.ts'
import { readEarlierRuns } from '../history/read-earlier-runs.ts'
import { publishReport } from '../report/publish-report.ts'
import type { Environment } from '../results/environment-schema.ts'
import { quantity } from '../results/quantity.ts'
import type { Results } from '../results/results-schema.ts'
import type { Trends } from '../results/trends/trends.ts'
import { type EarlierRuns, trendsOf } from '../results/trends/trends-of.ts'
import type { Config } from '../runner/config.ts'
import { previousSchema } from '../runner/previous-config.ts'
import { wholeNumberFlag } from './whole-number-flag.ts'

/** The flags of a run that speak of earlier results. */
export interface PreviousFlags {
  /** Reads this folder instead of the configured one. */
  readonly previous?: string | undefined
  readonly updatePrevious: boolean
  /** Days, instead of the configured period. */
  readonly period?: number | undefined
}

/** Earlier results, read before the first trial. */
export interface Previous {
  readonly folder: string
  readonly earlier: EarlierRuns
  /** Results that may stay there. */
  readonly keep: number
  readonly periodMs: number
  /** Whether this run joins them. */
  readonly isUpdated: boolean
}

const dayMs = 86_400_000

/** The flag for the period of objectives, in days. */
export const periodFlag = wholeNumberFlag(1, 3_650).optional()

/**
 * The earlier results of a run; null where nobody asks for any.
 *
 * @throws {ShakedownError} of kind `usage` where a result has no date, or `--update-previous` has no folder
 */
export function readPrevious(root: string, config: Pick<Config, 'previous'>, flags: PreviousFlags): Previous | null {
  const configured = config.previous
  const place = flags.previous ?? configured?.folder
  if (place === undefined) {
    if (!flags.updatePrevious) return null
    throw usageError(
      'NO_PREVIOUS',
      'flag --update-previous: there is no folder of earlier results; give --previous <folder>, or set "previous.folder" in the configuration.',
    )
  }
  const folder = flags.previous === undefined ? resolve(root, place) : resolve(place)
  const { keep, periodDays } = configured ?? previousSchema.parse({ folder: place })
  return {
    folder,
    earlier: readEarlierRuns(folder),
    keep,
    periodMs: (flags.period ?? periodDays) * dayMs,
    isUpdated: flags.updatePrevious,
  }
}

/** What a run and the earlier ones come to together; null without earlier ones. */
export function trendsWith(previous: Previous | null, results: Results, environment: Environment): Trends | null {
  if (previous === null) return null
  const { startedAt: at, commit } = environment
  return trendsOf({ name: 'this run', at, commit, results }, previous.earlier, previous.periodMs)
}

/** What a kept run is called: its start and its commit. */
const keptName = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z-[0-9a-z-]+$/

/**
 * Keeps a run among the earlier results, whole or not at all, removes the oldest that were kept so, and says in a sentence
 * what became of it.
 *
 * A run that failed is kept too: a series of passes shows nothing. Only one whose harness failed is not, nor one
 * that --bail ended.
 */
export function keepAmong({ folder, keep }: Previous, results: Results, environment: Environment): string {
  if (results.verdict.status === 'harness failure') {
    return `Earlier results in ${folder} stay as they are: the harness failed in this run.`
  }
  if ((results.notRun?.bail ?? null) !== null) {
    return `Earlier results in ${folder} stay as they are: this run was ended at a failure.`
  }
  const name = freeName(folder, nameOf(environment))
  publishReport(join(folder, name), {
    'environment.json': `${JSON.stringify(environment, null, 2)}\n`,
    'results.json': `${JSON.stringify(results, null, 2)}\n`,
  })
  const kept = readdirSync(folder).filter((each) => keptName.test(each))
  const oldest = kept.toSorted().slice(0, Math.max(0, kept.length - keep))
  for (const each of oldest) rmSync(join(folder, each), { recursive: true, force: true })
  const removed = oldest.length === 0 ? '' : `, and ${quantity(oldest.length, 'older one')} made room`
  return `Kept this run as ${join(folder, name)}: ${kept.length - oldest.length} of at most ${keep}${removed}.`
}

function nameOf({ startedAt, commit }: Environment): string {
  const [hash = '', dirty] = (commit ?? 'unknown').split('-')
  const time = `${startedAt.slice(0, 19).replaceAll(':', '-')}Z`
  return [time, hash.slice(0, 12), ...(dirty === undefined ? [] : [dirty])].join('-')
}

/** Two runs may start in one second. */
function freeName(folder: string, name: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`
    if (!existsSync(join(folder, candidate))) return candidate
  }
}
