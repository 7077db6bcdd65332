import type { ObjectiveJudgement } from '../objectives/judge-objective.ts'
import { fewestForMean } from '../objectives/mean-in.ts'
import type { Objective } from '../objectives/objective-schema.ts'
import { driftWords, figure, observed, wantedOfIndicator } from './indicator-words.ts'
import { rateWords, underCondition } from './condition-words.ts'
import { exactPercent } from './percent.ts'
import { grouped } from './quantity.ts'

/** What is wanted and what was seen, in one sentence without its full stop. */
export function objectiveSentence(
  objective: Objective,
  condition: string,
  judgement: ObjectiveJudgement,
  currency: string | null = null,
): string {
  return `${objectiveWanted(objective, currency)} ${underCondition(condition)}: ${seen(objective, judgement)}, so it is ${judgement.verdict}`
}

/** What an objective asks for, as a phrase. */
export function objectiveWanted(objective: Objective, currency: string | null): string {
  switch (objective.measure) {
    case 'task success':
      return `task success of at least ${exactPercent(objective.atLeast)}`
    case 'timeout rate':
      return `a timeout rate of at most ${exactPercent(objective.atMost)}`
    case 'violation detection':
      return `detection of at least ${exactPercent(objective.atLeast)} of policy violations`
    case 'tool calls per task':
      return `at most ${objective.atMost} tool calls per task on average`
    case 'latency':
      return `99 % of tasks within ${grouped(objective.p99Ms)} ms`
    default:
      return wantedOfIndicator(objective, currency)
  }
}

function seen({ measure }: Objective, { rate, mean, drift, unknown }: ObjectiveJudgement): string {
  if (rate !== null) return rateWords(rate, observedBy(measure))
  if (drift !== null) return driftWords(drift)
  if (unknown !== null) return `not known (${unknown})`
  if (mean === null) return 'no task'
  const { interval } = mean
  const between =
    interval === null
      ? `fewer than ${fewestForMean} independent tasks, too few for an interval`
      : `95 % interval ${interval.map((bound) => figure(bound, measure)).join(' to ')}`
  return `${figure(mean.mean, measure)} on average (${between})`
}

function observedBy(measure: Objective['measure']): string {
  if (measure === 'violation detection') return 'attacked trial'
  return measure in observed ? observed[measure as keyof typeof observed] : 'task'
}
