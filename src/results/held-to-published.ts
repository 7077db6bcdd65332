import { isDeepStrictEqual } from 'node:util'
import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { conditionsOf, declarationResult } from './declaration-result.ts'
import type { DeclarationResult } from './measure-schema.ts'
import type { Results, ScenarioResult } from './results-schema.ts'

/**
 * Checks the published declarations of a scenario that are in force against what it measured.
 *
 * A scenario that measures nothing leaves every value unmeasured, which fails: else a gate could be taken down by removing
 * its measure. One that imports the same declaration itself is held to it once.
 */
export function heldToPublished(scenario: ScenarioResult, inForce: readonly EvidencedDeclaration[]): ScenarioResult {
  return scenario.search === null ? scenario : { ...scenario, inForce: publishedResults(scenario, inForce) }
}

/** What a measure says of the published declarations of its scenario. */
export function publishedResults(
  { name, measure }: Pick<ScenarioResult, 'name' | 'measure'>,
  inForce: readonly EvidencedDeclaration[],
): DeclarationResult[] {
  const own = measure?.declaration?.declaration
  const published = inForce.filter(
    (declaration) => declaration.measured.scenario === name && !isDeepStrictEqual(declaration, own),
  )
  const conditions = conditionsOf(measure)
  return published.map((declaration) => declarationResult(declaration, conditions))
}

/** Declarations in force of scenarios that a run did not run, say because of a filter. */
export function declarationsNotJudged(
  scenarios: readonly ScenarioResult[],
  inForce: readonly EvidencedDeclaration[],
): Results['notJudged'] {
  return inForce
    .filter(({ measured }) => scenarios.every(({ name }) => name !== measured.scenario))
    .map(({ agent, version, measured: { scenario } }) => ({ agent, version, scenario }))
}
