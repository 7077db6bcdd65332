import { adviceFor } from '../../../objectives/budgets/budget-action.ts'
import { alertSentence } from '../../../results/alerts/alert-words.ts'
import { budgetSentence, dependencySentence } from '../../../results/budgets/budget-words.ts'
import { underCondition } from '../../../results/condition-words.ts'
import { declarationSentence } from '../../../results/declaration-words.ts'
import type { DeclarationResult, MeasureResult, ObjectiveResult } from '../../../results/measure-schema.ts'
import { objectiveWanted } from '../../../results/objective-words.ts'
import { quantity } from '../../../results/quantity.ts'
import { repeatGateWords } from '../../../results/repeat-gate-results.ts'
import { seenFor } from '../../measure/objective-words.ts'

/** Says anew what became of everything that was measured, from what the public edition holds. */
export function tellMeasure(measure: MeasureResult): MeasureResult {
  return {
    ...measure,
    objectives: measure.objectives.map((each) => ({
      ...each,
      sentence: objectiveSentence(each, each.verdict, measure),
    })),
    scores: measure.scores.map((each) => ({ ...each, sentence: objectiveSentence(each, each.state, measure) })),
    repeatGates: measure.repeatGates.map((each) => ({ ...each, sentence: gateSentence(each) })),
    declaration: measure.declaration && tellDeclaration(measure.declaration),
    budgets: measure.budgets.map((each) => ({
      ...each,
      sentence: budgetSentence(each, each.excluded, adviceFor(each.action)),
    })),
    dependencies: measure.dependencies.map((each) => ({ ...each, sentence: dependencySentence(each) })),
    alerts: measure.alerts.map((each) => ({ ...each, sentence: alertSentence(each) })),
  }
}

/** The same of a declaration and its checks. */
export function tellDeclaration({ declaration, checks }: DeclarationResult): DeclarationResult {
  return { declaration, checks: checks.map((each) => ({ ...each, sentence: declarationSentence(declaration, each) })) }
}

function objectiveSentence(
  { objective, condition }: Pick<ObjectiveResult, 'objective' | 'condition'>,
  verdict: string,
  { conditions }: MeasureResult,
): string {
  const measured = conditions.find(({ name }) => name === condition)
  const measures = measured?.gatedMeasures ?? measured?.measures
  const seen = measures === undefined ? 'nothing counted' : seenFor(objective, measures)
  return `${objectiveWanted(objective, null)} ${underCondition(condition)}: ${seen}, so it is ${verdict}`
}

function gateSentence({
  gate,
  condition,
  met,
  failing,
  undecided,
  verdict,
}: MeasureResult['repeatGates'][number]): string {
  const seen = [
    ...(failing.length > 0 ? [`fails for ${quantity(failing.length, 'task')}`] : []),
    ...(undecided.length > 0 ? [`undecided for ${quantity(undecided.length, 'task')}`] : []),
    ...(met > 0 ? [`kept by ${quantity(met, 'task')}`] : []),
  ]
  return `${repeatGateWords(gate)} ${underCondition(condition)}: ${seen.join(', ')}, so it is ${verdict}`
}
