import { declarationResults } from './declaration-result.ts'
import { countQuarantine } from './quarantine/quarantine-words.ts'
import { quantity } from './quantity.ts'
import { type VerdictOptions, countReasons } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'
import { scenarioReasons } from './scenario-reasons.ts'

/** What a run that passes comes to, in one line: what held, what is accepted, and what it was allowed to leave out. */
export function passSummary(scenarios: readonly ScenarioResult[], options: VerdictOptions): string {
  const properties = scenarios.flatMap(({ search }) => search?.properties ?? [])
  const violated = new Set(properties.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id))
  const holding = new Set(
    properties.filter(({ id, verdict }) => verdict === 'holds' && !violated.has(id)).map(({ id }) => id),
  )
  const trials = scenarios.reduce((sum, { search }) => sum + (search?.tally.trials ?? 0), 0)
  const accepted = scenarios.flatMap(({ findings }) => findings).filter((finding) => finding.accepted !== null).length
  const held = countQuarantine(scenarios)
  const measures = scenarios.flatMap(({ measure }) => (measure === null ? [] : [measure]))
  const checks = scenarios.flatMap(declarationResults).flatMap((result) => result.checks)
  const upheld = checks.filter(({ verdict }) => verdict === 'upheld').length
  const met = measures.flatMap(({ objectives }) => objectives).filter(({ verdict }) => verdict === 'met').length
  // Nothing else stands between a pass and a stricter one: these are what the configuration or a flag allowed.
  const allowed = scenarios.flatMap((scenario) => scenarioReasons(scenario, { ...options, vacuous: 'fail' }))
  return [
    `${holding.size === 1 ? '1 property holds' : `${quantity(holding.size, 'property', 'properties')} hold`} in ${quantity(scenarios.length, 'scenario')} over ${quantity(trials, 'trial')}`,
    ...(upheld > 0 ? [`${quantity(upheld, 'declared value')} upheld`] : []),
    ...(met > 0 ? [`${quantity(met, 'objective')} met`] : []),
    ...(accepted > 0 ? [quantity(accepted, 'accepted finding')] : []),
    ...(held === null ? [] : [held]),
    ...(allowed.length > 0 ? [`allowed: ${countReasons(allowed)}`] : []),
  ].join('; ')
}
