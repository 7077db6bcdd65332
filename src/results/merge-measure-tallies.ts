import { addCounts } from '../objectives/add-counts.ts'
import { addTaskCounts } from '../objectives/add-task-counts.ts'
import { addCalls } from '../objectives/dependencies/call-counts.ts'
import { addTrialIndicators } from '../objectives/indicators/trial-indicators.ts'
import { noTasks } from '../objectives/task-counts.ts'
import { compareText } from './compare-text.ts'
import { type MeasureTally, mostFailuresKept } from './measure-tally.ts'

/**
 * Adds two tallies of different trials of one condition; associative and commutative.
 *
 * @param mostFailures failures that are kept to be attributed
 */
export function mergeMeasureTallies(
  one: MeasureTally,
  other: MeasureTally,
  mostFailures: number = mostFailuresKept,
): MeasureTally {
  return {
    blocks: [...one.blocks, ...other.blocks].toSorted(
      (a, b) => a.index - b.index || compareText(a.hash, b.hash) || compareText(String(a.outcomes), String(b.outcomes)),
    ),
    trials: one.trials + other.trials,
    calls: one.calls + other.calls,
    virtualMs: one.virtualMs + other.virtualMs,
    ends: addCounts(one.ends, other.ends),
    delivered: addCounts(one.delivered, other.delivered),
    countedTrials: one.countedTrials + other.countedTrials,
    strata: mergeStrata(one.strata, other.strata),
    indicators: addTrialIndicators(one.indicators, other.indicators),
    attacks: {
      injected: one.attacks.injected + other.attacks.injected,
      trials: {
        caught: one.attacks.trials.caught + other.attacks.trials.caught,
        missed: one.attacks.trials.missed + other.attacks.trials.missed,
        unjudged: one.attacks.trials.unjudged + other.attacks.trials.unjudged,
      },
    },
    upstreams: addCalls(one.upstreams, other.upstreams),
    breakerOpens: addCounts(one.breakerOpens, other.breakerOpens),
    // The first of the first ones are the first of all.
    failures: [...one.failures, ...other.failures]
      .toSorted((a, b) => a.trial - b.trial || a.index - b.index || compareText(a.problem, b.problem))
      .slice(0, mostFailures),
    problems: [...one.problems, ...other.problems].toSorted(
      (a, b) => a.trial - b.trial || compareText(a.sentence, b.sentence),
    ),
  }
}

function mergeStrata(one: MeasureTally['strata'], other: MeasureTally['strata']): MeasureTally['strata'] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return Object.fromEntries(
    names.map((name) => [name, addTaskCounts(stratumOf(one, name), stratumOf(other, name))] as const),
  )
}

function stratumOf(strata: MeasureTally['strata'], name: string): MeasureTally['strata'][string] {
  return (Object.hasOwn(strata, name) ? strata[name] : undefined) ?? noTasks
}
