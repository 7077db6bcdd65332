import { grouped } from '../results/quantity.ts'
import type { Results, ScenarioResult } from '../results/results-schema.ts'

/** Trials that were made, and those that the scenarios ask for. */
interface Made {
  readonly trials: number
  readonly declared: number
}

/**
 * Says that a run made fewer trials than its scenarios ask for, as with `--quick` and `--trials`; null for a full run.
 *
 * A first look must not pass for a gate: a pass of such a run says less than its word.
 */
export function reducedRun({ scenarios }: Results): string | null {
  const searched = told('searched', scenarios.flatMap(searchOf))
  const measured = told('measured', scenarios.flatMap(measureOf))
  const parts = [...searched, ...measured]
  if (parts.length === 0) return null
  return `Not a full run, as with --quick or --trials: it ${parts.join(' and ')} that its scenarios ask for. What it found is real; what it did not find may still be there.`
}

function told(how: string, made: readonly Made[]): string[] {
  if (made.every(({ trials, declared }) => trials >= declared)) return []
  const sum = (of: (each: Made) => number): string => grouped(made.reduce((total, each) => total + of(each), 0))
  return [`${how} ${sum(({ trials }) => trials)} of the ${sum(({ declared }) => declared)} trials`]
}

function searchOf({ search }: ScenarioResult): Made[] {
  return search === null ? [] : [{ trials: search.tally.trials, declared: search.declaredTrials }]
}

/** A measure that ends once everything is decided asks for no certain number. */
function measureOf({ measure }: ScenarioResult): Made[] {
  if (measure === null || measure.mostTrials !== null) return []
  return measure.conditions.map(({ tally }) => ({ trials: tally.trials, declared: measure.declaredTrials }))
}
