import type { Results, ScenarioResult, Verdict } from '../results/results-schema.ts'

/** One scenario with what the verdict says of it. */
export interface JudgedScenario {
  readonly scenario: ScenarioResult
  readonly verdict: Verdict['scenarios'][number]
}

/** Pairs the scenarios with their verdicts, which stand in the same order. */
export function scenarioVerdicts({ scenarios, verdict }: Results): JudgedScenario[] {
  return scenarios.map((scenario, index) => ({
    scenario,
    verdict: verdict.scenarios[index] ?? {
      name: scenario.name,
      status: verdict.status,
      expired: [],
      declaration: null,
      inForce: [],
    },
  }))
}
