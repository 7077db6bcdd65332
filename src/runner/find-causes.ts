import { ShakedownError } from '../contract/errors.ts'
import type { Finding } from '../results/results-schema.ts'
import type { Problem, Tally } from '../results/tally.ts'
import type { FindingCore } from '../scenario/finding.ts'
import type { Jobs, LostTrial, ScenarioAddress, ScenarioDescription } from './job.ts'
import type { RunRequest } from './run-plan.ts'
import type { Workers } from './worker-pool.ts'
import { WorkerLost } from './worker-process.ts'

/** What a search's violations came to. */
export interface FoundCauses {
  readonly findings: Finding[]
  /** Violations that could not be seen again. */
  readonly problems: Problem[]
}

/**
 * Finds the smallest cause of each violated property, from the lowest trial that violated it.
 *
 * @throws {ShakedownError} where the scenario or the harness is at fault, which no verdict may hide
 */
export async function findCauses(
  pool: Workers,
  address: ScenarioAddress,
  { name, accepted, properties }: ScenarioDescription,
  tally: Tally,
  lost: readonly LostTrial[],
  { progress }: RunRequest,
): Promise<FoundCauses> {
  const problems: Problem[] = []
  const findings: Finding[] = []
  const causes = properties.map(async ({ id: property }): Promise<Finding | null> => {
    const violation = tally.violations[property]
    if (violation === undefined) return null
    const { trials, firstTrial } = violation
    progress.shrinking(name, property)
    const lostTrial = lost.find(({ trial }) => trial === firstTrial) ?? null
    try {
      const request = { ...address, trial: firstTrial, property, lost: lostTrial, shrinks: true }
      const core = await findCause(pool, request)
      return { ...core, trials, firstTrial, accepted: accepted.find((one) => one.property === property) ?? null }
    } catch (error) {
      if (!ShakedownError.is(error) || error.code !== 'SHAKEDOWN_NOT_REPRODUCED') throw error
      problems.push({ kind: 'nondeterminism', trial: firstTrial, sentence: error.message })
      return null
    }
  })
  for (const finding of await Promise.all(causes)) if (finding !== null) findings.push(finding)
  return { findings, problems }
}

/** Where the agent takes its process along under a smaller plan, the plan stays as it was found. */
async function findCause(pool: Workers, request: Jobs['finding']['request']): Promise<FindingCore> {
  try {
    return await pool.run('finding', request)
  } catch (error) {
    if (!(error instanceof WorkerLost) || !request.shrinks) throw error
    return pool.run('finding', { ...request, shrinks: false })
  }
}
