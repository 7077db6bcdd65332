import { addTaskCounts } from '../objectives/add-task-counts.ts'
import { addTrialIndicators } from '../objectives/indicators/trial-indicators.ts'
import { noTasks } from '../objectives/task-counts.ts'
import type { JudgedCounts } from './judged-counts.ts'

/** Adds the counts of different trials; associative and commutative. */
export function addJudgedCounts(one: JudgedCounts, other: JudgedCounts): JudgedCounts {
  const [first, second] = [one.attacks, other.attacks]
  return {
    countedTrials: one.countedTrials + other.countedTrials,
    strata: addStrata(one.strata, other.strata),
    indicators: addTrialIndicators(one.indicators, other.indicators),
    attacks: {
      injected: first.injected + second.injected,
      trials: {
        caught: first.trials.caught + second.trials.caught,
        missed: first.trials.missed + second.trials.missed,
        unjudged: first.trials.unjudged + second.trials.unjudged,
      },
    },
  }
}

/** Strata are put in order, so that the bytes do not depend on who came first. */
function addStrata(one: JudgedCounts['strata'], other: JudgedCounts['strata']): JudgedCounts['strata'] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return Object.fromEntries(
    names.map((name) => [name, addTaskCounts(stratumOf(one, name), stratumOf(other, name))] as const),
  )
}

function stratumOf(strata: JudgedCounts['strata'], name: string): JudgedCounts['strata'][string] {
  return (Object.hasOwn(strata, name) ? strata[name] : undefined) ?? noTasks
}
