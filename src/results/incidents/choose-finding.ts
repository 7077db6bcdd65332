import { usageError } from '../../contract/errors.ts'
import type { Finding, Results, ScenarioResult } from '../results-schema.ts'

/** Which finding is meant. */
export interface FindingChoice {
  /** Property ID; absent: the only finding there is. */
  readonly property?: string | undefined
  /** Name of its scenario; absent: the only one that has it. */
  readonly scenario?: string | undefined
}

/** A finding in its scenario. */
export interface FoundFinding {
  readonly finding: Finding
  readonly scenario: ScenarioResult
}

/**
 * Finds the one finding that is meant.
 *
 * @param place where the results came from
 * @throws {ShakedownError} of kind `usage` where there is none such, or more than one
 */
export function chooseFinding(
  { scenarios }: Results,
  { property, scenario }: FindingChoice,
  place: string,
): FoundFinding {
  const all = scenarios.flatMap((each) => each.findings.map((finding) => ({ finding, scenario: each })))
  if (all.length === 0)
    throw usageError('NO_FINDING', `${place}: the run has no finding to write of; give another run.`)
  const meant = all.filter(
    (found) =>
      (property === undefined || found.finding.property === property) &&
      (scenario === undefined || found.scenario.name === scenario),
  )
  const [only] = meant
  if (only !== undefined && meant.length === 1) return only
  const named = [property, scenario].filter((each) => each !== undefined).map((each) => JSON.stringify(each))
  const asked = named.length === 0 ? 'the run' : named.join(' in ')
  const many = meant.length === 0 ? 'is no finding of the run' : `has ${meant.length} findings`
  throw usageError(
    'FINDING',
    `${place}: ${asked} ${many}; name one of ${listOf(meant.length === 0 ? all : meant)}, with --scenario where several have it.`,
  )
}

function listOf(found: readonly FoundFinding[]): string {
  const names = found
    .slice(0, 8)
    .map(({ finding, scenario }) => `${finding.property} (${JSON.stringify(scenario.name)})`)
  return found.length > 8 ? `${names.join(', ')} and ${found.length - 8} more` : names.join(', ')
}
