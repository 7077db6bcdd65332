import { differingParts } from '../comparison/differing-parts.ts'
import type { ScenarioResult } from '../results-schema.ts'
import type { DatedResults, LeftOut } from './trends.ts'

/** A scenario as one run had it. */
export interface RunOfScenario {
  /** Index of the run. */
  readonly run: number
  readonly scenario: ScenarioResult
  /** Whether its rates are rates of the same thing: not where the faults of a condition, or the population, changed. */
  readonly isMeasuredAlike: boolean
}

/** The runs of one scenario that can be compared with the last of them. */
export interface ScenarioSeries {
  /** This run's own comes last. */
  readonly runs: readonly RunOfScenario[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Which earlier runs of a scenario tell of the same thing: the same tasks and graders by their fingerprints.
 *
 * Prompts and tools are the agent's own and may change: that is what a trend is to show.
 *
 * @param runs the last one is this run
 */
export function seriesOf(current: ScenarioResult, runs: readonly DatedResults[]): ScenarioSeries {
  const last = runs.length - 1
  const kept: RunOfScenario[] = []
  const leftOut: LeftOut[] = []
  for (const [run, { name, results }] of runs.slice(0, last).entries()) {
    const earlier = results.scenarios.find((scenario) => scenario.name === current.name)
    if (earlier === undefined) continue
    const { trials, rates } = obstacles(earlier, current)
    if (trials === null) kept.push({ run, scenario: earlier, isMeasuredAlike: rates === null })
    const sentence = trials ?? (rates === null ? null : `${rates}, so its rates are left out`)
    if (sentence !== null) leftOut.push({ name, scenario: current.name, sentence })
  }
  return { runs: [...kept, { run: last, scenario: current, isMeasuredAlike: true }], leftOut }
}

/** What forbids to compare anything, and what forbids to compare rates alone. */
function obstacles(
  earlier: ScenarioResult,
  current: ScenarioResult,
): { readonly trials: string | null; readonly rates: string | null } {
  const differing = differingParts({ baseline: earlier, current, conditions: [] }, false)
  const sentenceOf = (parts: readonly string[]): string | null =>
    differing.find(({ part }) => parts.includes(part))?.sentence.replace('the baseline', 'it') ?? null
  const populations = [earlier.measure?.population, current.measure?.population]
  const isOtherPopulation = populations.every((one) => one !== undefined) && populations[0] !== populations[1]
  return {
    trials: sentenceOf(['tasks', 'graders']),
    rates:
      sentenceOf(['faults']) ??
      (isOtherPopulation
        ? `its rates speak of "${populations[0]}" and those of this run of "${populations[1]}"`
        : null),
  }
}
