import { agentName, baselineName, nothing, propertyId, scenarioName, versionNumber } from '../choices.ts'
import { type Rule, fields, instead, kept, list, omit, text } from '../rule.ts'
import { comparisonRule } from './comparison-rules.ts'
import { scenarioRule } from './scenario-rules.ts'

const verdictRule = fields({
  ...kept('status', 'exitCode'),
  summary: text(nothing),
  reasons: instead([]),
  scenarios: list(
    fields({
      ...kept('status', 'declaration', 'inForce'),
      name: text(scenarioName),
      expired: list(text(propertyId)),
    }),
  ),
  warnings: instead([]),
})

/** What becomes of each field of `results.json`; a test fails for a field that nothing was decided about. */
export const resultsRule: Rule = fields({
  ...kept('format', 'version', 'seed'),
  edition: omit,
  shakedown: text(versionNumber),
  scenarios: list(scenarioRule),
  verdict: verdictRule,
  comparisons: list(comparisonRule),
  notRun: fields({
    scenarios: list(fields({ ...kept('why'), file: text(nothing) })),
    bail: fields({
      ...kept('failed', 'hasMeasure'),
      search: fields(kept('trials', 'of')),
      scenario: text(scenarioName),
      file: text(nothing),
      baselines: list(text(baselineName)),
    }),
  }),
  notJudged: list(fields({ agent: text(agentName), version: text(versionNumber), scenario: text(scenarioName) })),
})
