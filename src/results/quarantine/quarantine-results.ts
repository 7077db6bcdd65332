import { allTasks } from '../../objectives/condition-counts.ts'
import { judgeObjective } from '../../objectives/judge-objective.ts'
import { noOutcomes } from '../../objectives/task-outcomes.ts'
import type { MeasureResult } from '../measure-schema.ts'
import { readingOf } from '../measure-reading.ts'
import type { VerdictOptions } from '../reason.ts'
import type { ScenarioResult } from '../results-schema.ts'
import { scenarioReasons } from '../scenario-reasons.ts'
import { countsOf } from '../summarise-condition.ts'
import type { Quarantine, QuarantineResult } from './quarantine-schema.ts'
import { isGateAmong } from './quarantine-terms.ts'
import { quarantineSentence } from './quarantine-words.ts'

/** A scenario's results with what became of its quarantines. */
export function withQuarantine(
  scenario: ScenarioResult,
  quarantines: readonly Quarantine[],
  options: VerdictOptions,
): ScenarioResult {
  const quarantine = quarantines.map((each): QuarantineResult => {
    const state = stateOf(each, scenario, options)
    return { ...each, state, sentence: quarantineSentence(each, state, scenario) }
  })
  return { ...scenario, quarantine }
}

function stateOf(each: Quarantine, scenario: ScenarioResult, options: VerdictOptions): QuarantineResult['state'] {
  if (each.expires < options.today) return 'expired'
  return options.endedEarly !== scenario.file && isComplete(scenario) && !isNeeded(each, scenario, options)
    ? 'unneeded'
    : 'in force'
}

/** Fewer trials than the scenario asks for may not have come as far as what the quarantine is for. */
function isComplete({ search, measure }: ScenarioResult): boolean {
  if (search === null) return true
  const isMeasured =
    measure === null ||
    measure.mostTrials !== null ||
    measure.conditions.every(({ tally }) => tally.trials >= measure.declaredTrials)
  return search.tally.trials >= search.declaredTrials && isMeasured
}

/** Whether the run would have been held up by it, had it not been in quarantine. */
function isNeeded({ task, gate }: Quarantine, scenario: ScenarioResult, options: VerdictOptions): boolean {
  const { measure } = scenario
  if (gate !== undefined) {
    const results = [...(measure?.objectives ?? []), ...(measure?.repeatGates ?? [])]
    return results.some((one) => isGateAmong('gate' in one ? one.gate : one.objective, [gate]) && one.verdict !== 'met')
  }
  if (task !== undefined) return measure === null || hasFailed(task, measure) || !isMetByAll(measure)
  return scenarioReasons({ ...scenario, quarantine: [] }, options).length > 0
}

function hasFailed(task: string, { conditions }: MeasureResult): boolean {
  return conditions.some((condition) => {
    const { byTask } = allTasks(countsOf(condition, condition.tally))
    const { failed, timedOut } = (Object.hasOwn(byTask, task) ? byTask[task] : undefined) ?? noOutcomes
    return failed + timedOut > 0
  })
}

/** Whether every objective is met with the tasks in quarantine as well. */
function isMetByAll(measure: MeasureResult): boolean {
  return measure.objectives.every(({ objective, condition: name }) => {
    const condition = measure.conditions.find((each) => each.name === name)
    if (condition === undefined) return false
    return judgeObjective(objective, countsOf(condition, condition.tally, readingOf(measure))).verdict === 'met'
  })
}
