import type { Environment } from '../results/environment-schema.ts'
import { declarationsNotJudged } from '../results/held-to-published.ts'
import type { Results } from '../results/results-schema.ts'
import { verdictOf } from '../results/verdict.ts'
import { realClock } from '../simulation/real-clock.ts'
import { compareWithBaseline } from './baseline.ts'
import { commitOf } from './commit-of.ts'
import { declarationsInForce, readDeclarationsFolder } from './declarations-folder.ts'
import { repositoryFolder } from './repository-folder.ts'
import type { RunRequest } from './run-plan.ts'
import { verdictTerms } from './run-scenario.ts'
import { runUntilFailed } from './run-until-failed.ts'
import { version } from './version.ts'

/** A run's results, and apart from them everything that may differ between two runs with the same results. */
export interface RunOutcome {
  readonly results: Results
  readonly environment: Environment
}

/**
 * Runs scenarios one after another, each on all workers; all of them, or until so many have failed.
 *
 * @throws {ShakedownError} of kind `usage` where a published declaration is not what was published
 */
export async function runScenarios(request: RunRequest): Promise<RunOutcome> {
  const { root, seed, workers, config } = request
  const startedMs = realClock.now()
  // Before any trial: a file that somebody has changed is told at once.
  const inForce = declarationsInForce(readDeclarationsFolder(root, config.declarations), request.today)
  const { ran, notRun } = await runUntilFailed({ request, inForce })
  const scenarios = ran.map(({ result }) => result)
  const endedEarly = ran.find(({ ended }) => ended !== null)?.result.file
  // Of a run that was ended, too little is known to be held against another.
  const baselines = (notRun?.bail ?? null) === null ? request.baselines : []
  const comparisons = baselines.map((baseline) => compareWithBaseline(baseline, { seed, scenarios }))
  const verdict = verdictOf(scenarios, { ...verdictTerms(request), endedEarly }, comparisons)
  const judged = scenarios.filter(({ file }) => file !== endedEarly)
  return {
    results: {
      format: 'shakedown-results',
      version: 1,
      shakedown: version,
      seed,
      verdict,
      scenarios,
      comparisons,
      notJudged: declarationsNotJudged(judged, inForce),
      notRun,
    },
    environment: {
      format: 'shakedown-environment',
      version: 1,
      startedAt: realClock.isoTime(startedMs),
      durationMs: Math.round(realClock.now() - startedMs),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      workers,
      commit: commitOf(root),
      folder: repositoryFolder(root),
      command: [...(request.command ?? [])],
      replacedWorkers: ran.flatMap(({ replacedWorkers }) => replacedWorkers),
    },
  }
}
