import type { ScenarioResult } from '../results/results-schema.ts'
import type { Problem } from '../results/tally.ts'

/** Everything that makes a scenario's verdict untrustworthy, whether its search or its measure met it. */
export function scenarioProblems({ search, measure }: ScenarioResult): readonly Problem[] {
  const measured = measure?.conditions.flatMap(({ tally }) => tally.problems) ?? []
  return [...(search?.tally.problems ?? []), ...measured]
}
