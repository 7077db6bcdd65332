import {
  conditionName,
  countedBecause,
  digest,
  faultId,
  familyName,
  nothing,
  numberKey,
  stratumName,
  taskName,
  trialEnd,
  upstreamName,
} from '../choices.ts'
import { leftOut } from '../left-out.ts'
import { type Rule, fields, instead, keep, kept, list, table, text } from '../rule.ts'
import { indicatorCountsRule, judgedCountsRules } from './count-rules.ts'
import { declarationResultRule } from './declaration-rules.ts'
import { faultsRule } from './fault-rules.ts'
import { gateRule, objectiveRule } from './gate-rules.ts'
import { problemsRule } from './problem-rule.ts'

const byReason = table(countedBecause)
const shareRule = fields({ rate: keep, counts: indicatorCountsRule })
const meanRule = fields({ ...kept('mean', 'interval', 'max'), unknown: text(nothing) })

/** Rates, intervals and percentiles; costs are left out with the prices. */
const measuresRule = fields({
  ...kept('tasks', 'taskSuccess', 'timeouts', 'violationDetection', 'toolCalls', 'latency'),
  excluded: byReason,
  indicators: fields({
    ...{ availability: shareRule, correctness: shareRule, safety: shareRule, hallucination: shareRule },
    ...{ tokens: meanRule, delegationDepth: meanRule, drift: keep },
    cost: fields({ mean: instead(null), interval: instead(null), max: instead(null), unknown: instead(leftOut) }),
  }),
})

const tallyRule = fields({
  ...kept('trials', 'calls', 'virtualMs'),
  blocks: instead([]),
  ends: table(trialEnd),
  delivered: table(faultId),
  ...judgedCountsRules,
  gated: fields({ without: list(text(taskName)), ...judgedCountsRules }),
  upstreams: table(upstreamName),
  breakerOpens: table(numberKey),
  failures: instead([]),
  problems: problemsRule,
})

const conditionRule = fields({
  name: text(conditionName),
  faults: faultsRule,
  family: text(familyName),
  tally: tallyRule,
  measures: measuresRule,
  gatedMeasures: measuresRule,
  strata: list(fields({ stratum: text(stratumName), measures: measuresRule })),
  consistency: keep,
  attribution: fields({ ...kept('failures', 'examined', 'booked'), causes: instead([]) }),
})

const surfaceRule = fields({
  repeats: keep,
  cells: list(
    fields({
      ...kept('paraphrased', 'intensity', 'tasks', 'leftOut', 'reliability', 'taskSuccess'),
      name: text((name, names) => names.of('cell', name)),
      faults: faultsRule,
      tally: tallyRule,
    }),
  ),
})

const objectiveResultRule = fields({
  ...kept('verdict', 'isQuarantined'),
  objective: objectiveRule,
  condition: text(conditionName),
  sentence: text(nothing),
})

const repeatsRule = list(fields({ ...kept('solved', 'of'), task: text(taskName) }))

const repeatGateResultRule = fields({
  ...kept('verdict', 'met', 'isQuarantined'),
  gate: gateRule,
  condition: text(conditionName),
  failing: repeatsRule,
  undecided: repeatsRule,
  sentence: text(nothing),
})

const scoreRule = fields({
  state: keep,
  objective: objectiveRule,
  condition: text(conditionName),
  sentence: text(nothing),
})

const budgetNumbers = kept(
  ...['target', 'events', 'good', 'bad', 'allowed', 'eventsLeft', 'spent', 'remaining', 'remainingPercent', 'status'],
)

const budgetRule = fields({
  ...budgetNumbers,
  objective: objectiveRule,
  condition: text(conditionName),
  excluded: byReason,
  action: keep,
  sentence: text(nothing),
})

const dependencyRule = fields({
  ...budgetNumbers,
  ...kept('calls', 'excluded', 'isBreached', 'tasksExcluded'),
  dependency: fields({ upstream: text(upstreamName), availability: keep }),
  condition: text(conditionName),
  sentence: text(nothing),
})

const alertRule = fields({
  ...kept('metric', 'observed', 'warning', 'critical', 'level', 'isGating'),
  condition: text(conditionName),
  sentence: text(nothing),
})

/** What was measured, and what became of all that was promised; without prices and examples. */
export const measureRule: Rule = fields({
  ...kept('declaredTrials', 'population', 'mostTrials', 'familywise'),
  traceHash: text(digest),
  conditions: list(conditionRule),
  resolution: instead([]),
  surface: surfaceRule,
  objectives: list(objectiveResultRule),
  prices: instead(null),
  repeatGates: list(repeatGateResultRule),
  scores: list(scoreRule),
  declaration: declarationResultRule,
  budgets: list(budgetRule),
  dependencies: list(dependencyRule),
  alerts: list(alertRule),
})
