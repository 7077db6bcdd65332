import { baselineName, conditionName, nothing, scenarioName, taskName } from '../choices.ts'
import { type Rule, fields, kept, list, text } from '../rule.ts'

const differencesRule = list(fields({ part: { kind: 'keep' }, scenario: text(scenarioName), sentence: text(nothing) }))

/** Whether it got better, and how surely. */
export const comparisonRule: Rule = fields({
  ...kept('format', 'version', 'seeds', 'isPaired', 'margin', 'status'),
  baseline: text(baselineName),
  refusals: differencesRule,
  allowed: differencesRule,
  uncompared: list(text(nothing)),
  cells: list(
    fields({
      ...kept('baseline', 'current', 'observations', 'better', 'worse', 'difference', 'interval', 'p', 'adjustedP'),
      ...kept('verdict', 'isIdentical', 'isGating', 'unit'),
      scenario: text(scenarioName),
      condition: text(conditionName),
      task: text(taskName),
    }),
  ),
  means: list(
    fields({
      ...kept('what', 'baseline', 'current', 'difference', 'interval', 'unit'),
      scenario: text(scenarioName),
      condition: text(conditionName),
    }),
  ),
})
