import { mergeMeasureTallies } from '../../src/results/merge-measure-tallies.ts'
import { mergeTallies } from '../../src/results/merge-tallies.ts'
import type { Results, ScenarioResult } from '../../src/results/results-schema.ts'

/**
 * The results of a run as they would be had it made so many times the trials: its blocks again and again, and each of
 * its findings as often, since a large run finds more.
 */
export function enlarged(results: Results, times: number): Results {
  return { ...results, scenarios: results.scenarios.map((scenario) => enlargedScenario(scenario, times)) }
}

function enlargedScenario(scenario: ScenarioResult, times: number): ScenarioResult {
  const { search, measure } = scenario
  const shifts = Array.from({ length: times - 1 }, (_, index) => index + 1)
  return {
    ...scenario,
    findings: [scenario, ...shifts].flatMap(() => scenario.findings),
    search: search && {
      ...search,
      declaredTrials: search.declaredTrials * times,
      tally: shifts.reduce((sum, shift) => mergeTallies(sum, shifted(search.tally, shift)), search.tally),
    },
    measure: measure && {
      ...measure,
      declaredTrials: measure.declaredTrials * times,
      conditions: measure.conditions.map((condition) => ({
        ...condition,
        tally: shifts.reduce(
          (sum, shift) => mergeMeasureTallies(sum, shifted(condition.tally, shift)),
          condition.tally,
        ),
      })),
    },
  }
}

function shifted<Blocks extends { readonly blocks: { readonly index: number }[] }>(tally: Blocks, by: number): Blocks {
  const { blocks } = tally
  return { ...tally, blocks: blocks.map((block) => ({ ...block, index: block.index + by * blocks.length })) }
}
