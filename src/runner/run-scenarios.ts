import type { Environment } from '../results/environment-schema.ts'
import type { Results, ScenarioResult } from '../results/results-schema.ts'
import { verdictOf } from '../results/verdict.ts'
import { realClock } from '../simulation/real-clock.ts'
import { withQuarantine } from '../results/quarantine/quarantine-results.ts'
import { withIncidents } from '../results/incidents/with-incidents.ts'
import { declarationsNotJudged, heldToPublished } from '../results/held-to-published.ts'
import { declarationsInForce, readDeclarationsFolder } from './declarations-folder.ts'
import { compareWithBaseline } from './baseline.ts'
import { commitOf } from './commit-of.ts'
import { repositoryFolder } from './repository-folder.ts'
import { version } from './version.ts'
import type { RunRequest } from './run-plan.ts'
import { measureScenario } from './measure-scenario.ts'
import { tellResolution } from './tell-resolution.ts'
import { addressOf } from './scenario-address.ts'
import { searchScenario } from './search-scenario.ts'

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
  const { root, seed, workers, config, pool } = request
  const startedMs = realClock.now()
  // Before any trial: a file that somebody has changed is told at once.
  const inForce = declarationsInForce(readDeclarationsFolder(root, config.declarations), request.today)
  const terms = {
    today: request.today,
    vacuous: config.vacuous,
    expiryWarningDays: config.expiryWarningDays,
  }
  const scenarios: ScenarioResult[] = []
  const replacedWorkers: Environment['replacedWorkers'] = []
  for (const path of request.files) {
    const address = addressOf(request, path)
    await tellResolution(address, request, inForce)
    const { result, quarantine, lost } = await searchScenario(pool, address, request)
    // An agent that fails on a good day has nothing to measure.
    const measured =
      result.search === null ? { measure: null, lost: [] } : await measureScenario(address, request, inForce)
    const held = heldToPublished({ ...result, measure: measured.measure }, inForce)
    scenarios.push(withIncidents(withQuarantine(held, quarantine, terms)))
    for (const { trial, stack } of [...lost, ...measured.lost]) {
      replacedWorkers.push({ scenario: result.name, trial, stack })
    }
  }
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
      replacedWorkers,
    },
  }
}
