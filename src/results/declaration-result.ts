import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import type { ConditionCounts } from '../objectives/condition-counts.ts'
import { judgeDeclaration } from '../objectives/judge-declaration.ts'
import { declarationSentence } from './declaration-words.ts'
import { readingOf } from './measure-reading.ts'
import type { DeclarationResult, MeasureResult } from './measure-schema.ts'
import type { ScenarioResult } from './results-schema.ts'
import { countsOf } from './summarise-condition.ts'

/** A declaration with what the counts say of each of its values. */
export function declarationResult(
  declaration: AccuracyDeclaration,
  conditions: readonly ConditionCounts[],
): DeclarationResult {
  const checks = judgeDeclaration(declaration, conditions).map((check) => ({
    ...check,
    sentence: declarationSentence(declaration, check),
  }))
  return { declaration, checks }
}

/** What was counted under each condition of a measure; none where nothing was measured. */
export function conditionsOf(measure: MeasureResult | null): ConditionCounts[] {
  if (measure === null) return []
  const reading = readingOf(measure)
  return measure.conditions.map((condition) => countsOf(condition, condition.tally, reading))
}

/** All declarations that a scenario is held to: its own, then the published ones that are in force. */
export function declarationResults({
  measure,
  inForce,
}: Pick<ScenarioResult, 'measure' | 'inForce'>): DeclarationResult[] {
  const own = measure?.declaration ?? null
  return own === null ? inForce : [own, ...inForce]
}
