import type { Environment } from '../results/environment-schema.ts'
import type { Results } from '../results/results-schema.ts'
import { verdictOf } from '../results/verdict.ts'
import { realClock } from '../simulation/real-clock.ts'
import { declarationsNotJudged } from '../results/held-to-published.ts'
import { declarationsInForce, readDeclarationsFolder } from './declarations-folder.ts'
import { compareWithBaseline } from './baseline.ts'
import { commitOf } from './commit-of.ts'
import { repositoryFolder } from './repository-folder.ts'
import { version } from './version.ts'
import type { RunRequest } from './run-plan.ts'
import type { RanScenario } from './ran-scenario.ts'
import { runScenario, verdictTerms } from './run-scenario.ts'
import { addressOf } from './scenario-address.ts'

/** A run's results, and apart from them everything that may differ between two runs with the same results. */
export interface RunOutcome {
  readonly results: Results
  readonly environment: Environment
}

/**
 * Runs scenarios one after another, each on all workers.
 *
 * @throws {ShakedownError} of kind `usage` where a published declaration is not what was published
 */
export async function runScenarios(request: RunRequest): Promise<RunOutcome> {
  const { root, seed, workers, config } = request
  const startedMs = realClock.now()
  // Before any trial: a file that somebody has changed is told at once.
  const inForce = declarationsInForce(readDeclarationsFolder(root, config.declarations), request.today)
  const terms = verdictTerms(request)
  const finished: RanScenario[] = []
  for (const path of request.files) {
    const one = request.finished?.get(path) ?? (await runScenario(addressOf(request, path), request, inForce))
    request.finished?.set(path, one)
    finished.push(one)
  }
  const scenarios = finished.map(({ result }) => result)
  const comparisons = request.baselines.map((baseline) => compareWithBaseline(baseline, { seed, scenarios }))
  const verdict = verdictOf(scenarios, terms, comparisons)
  const notJudged = declarationsNotJudged(scenarios, inForce)
  return {
    results: {
      format: 'shakedown-results',
      version: 1,
      shakedown: version,
      seed,
      verdict,
      scenarios,
      comparisons,
      notJudged,
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
      replacedWorkers: finished.flatMap((one) => one.replacedWorkers),
    },
  }
}
