import { daysBetween } from '../objectives/day.ts'
import { declarationValidity } from '../objectives/declaration-validity.ts'
import { declarationResults } from './declaration-result.ts'
import { quantity } from './quantity.ts'
import type { VerdictOptions } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'

/** Days before a declaration expires on which runs begin to say so, where nothing else is configured. */
export const defaultWarningDays = 14

/** Which declarations and quarantines of a scenario expire soon, each in a sentence. */
export function expiryWarnings(scenario: ScenarioResult, options: VerdictOptions): string[] {
  return [...declarationWarnings(scenario, options), ...quarantineWarnings(scenario, options)]
}

function quarantineWarnings(
  { name, quarantine }: ScenarioResult,
  { today, expiryWarningDays = defaultWarningDays }: VerdictOptions,
): string[] {
  return quarantine.flatMap(({ expires, sentence }) => {
    const days = daysBetween(today, expires)
    return expires < today || days > expiryWarningDays ? [] : [`${name}: ${sentence}; ${lastDay(days)}.`]
  })
}

function declarationWarnings(
  scenario: ScenarioResult,
  { today, expiryWarningDays = defaultWarningDays }: VerdictOptions,
): string[] {
  return declarationResults(scenario).flatMap(({ declaration }) => {
    const { agent, version, validUntil } = declaration
    const days = daysBetween(today, validUntil)
    if (declarationValidity(declaration, today) !== 'valid' || days > expiryWarningDays) return []
    return [
      `${scenario.name}: accuracy declaration ${version} of "${agent}" expires after ${validUntil}, ${lastDay(days)}: measure again and declare a new version.`,
    ]
  })
}

function lastDay(days: number): string {
  return days === 0 ? 'today is its last day' : `${quantity(days, 'day')} from today`
}
