import { countedBecause, numberKey, stratumName, taskName } from '../choices.ts'
import { type Rule, fields, instead, keep, kept, table } from '../rule.ts'

const byReason = table(countedBecause)
const byNumber = table(numberKey)

/** Good, bad and excluded events of an indicator. */
export const indicatorCountsRule: Rule = fields({
  ...kept('trials'),
  good: byReason,
  bad: byReason,
  excluded: byReason,
})

const outcomesRule = fields({ ...kept('solved', 'failed', 'timedOut'), excluded: byReason })

/** What tokens cost is nobody's business but the author's, and no public edition tells it. */
const noSums = fields({ count: keep, sum: instead('0'), squares: instead('0'), max: instead('0') })

/** What became of the tasks of one stratum. */
const taskCountsRule = fields({
  ...kept('trials', 'solved', 'failed', 'timedOut', 'unfinished'),
  excluded: byReason,
  toolCalls: byNumber,
  latencyMs: byNumber,
  byTask: table(taskName, outcomesRule),
  indicators: fields({
    availability: indicatorCountsRule,
    correctness: indicatorCountsRule,
    hallucination: indicatorCountsRule,
    delegationDepth: byNumber,
    tokens: keep,
    cost: fields({ known: noSums, unknown: byReason }),
  }),
})

const driftRule = fields({
  byTurns: table(numberKey, fields({ ...kept('both', 'firstOnly', 'lastOnly', 'neither'), excluded: byReason })),
  places: byNumber,
  trials: byNumber,
})

/** Everything that objectives are judged by; without examples of claims, which quote the agent. */
export const judgedCountsRules = {
  countedTrials: keep,
  strata: table(stratumName, taskCountsRule),
  indicators: fields({
    safety: indicatorCountsRule,
    drift: driftRule,
    unsupportedClaims: instead([]),
  }),
  attacks: keep,
} as const satisfies Readonly<Record<string, Rule>>
