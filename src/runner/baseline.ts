import { type ComparedResults, compareResults } from '../results/comparison/compare-results.ts'
import type { ComparedPart, Comparison } from '../results/comparison/comparison-schema.ts'
import type { Results } from '../results/results-schema.ts'

/** An earlier result to compare with. */
export interface Baseline {
  /** `pinned`, `moving`, or the path that was given. */
  readonly name: string
  readonly results: Results
  readonly margin: number
  readonly allow: readonly ComparedPart[]
  /** Whether scenarios that this run leaves out are missed: not where it was asked for some of them. */
  readonly isWhole: boolean
}

/** Compares what a run came to with a baseline. */
export function compareWithBaseline(
  { name, results, margin, allow, isWhole }: Baseline,
  run: ComparedResults,
): Comparison {
  const names = new Set(run.scenarios.map((scenario) => scenario.name))
  const scenarios = isWhole ? results.scenarios : results.scenarios.filter((scenario) => names.has(scenario.name))
  return compareResults({ seed: results.seed, scenarios }, run, { baseline: name, margin, allow })
}
