import { usageError } from '../contract/errors.ts'
import { policyJudge } from '../scenario/measured-attack.ts'
import { attributeFailure } from '../scenario/attribute-failure.ts'
import { measureBlock } from '../scenario/measure-block.ts'
import type { Condition } from '../scenario/measure-input.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { drawWorkload } from '../scenario/draw-workload.ts'
import type { Jobs, ScenarioAddress } from './job.ts'
import { lostTrialResult } from './lost-trial.ts'

type MeasureJob = 'describe-measure' | 'measure' | 'attribute'

type Handlers = { [Name in MeasureJob]: (request: Jobs[Name]['request']) => Promise<Jobs[Name]['reply']> }

/** A scenario made ready to run trials. */
interface Prepared {
  readonly scenario: Scenario
  readonly seed: number
  readonly onTurn: () => void
  readonly onTrial: (trial: number) => void
}

/** The jobs of a measure. */
export function measureJobs(prepare: (address: ScenarioAddress) => Promise<Prepared>): Handlers {
  return {
    async 'describe-measure'(address) {
      const { scenario } = await prepare(address)
      const { measure } = scenario
      return (
        measure && {
          ...measure,
          strata: strataOf(scenario),
          tasks: scenario.tasks.map(({ id }) => id),
          scenario: scenario.name,
          taskCounts: taskCountsOf(scenario),
          isInTurns: scenario.workload === null,
          quarantine: scenario.quarantine,
        }
      )
    },
    async measure(request) {
      const prepared = await prepare(request)
      const { scenario, seed } = prepared
      const judge = policyJudge(scenario)
      const condition = conditionOf(scenario, request.condition)
      const lost = request.lost.map((one) => {
        const result = {
          ...lostTrialResult(judge, one),
          tasks: drawWorkload(scenario, seed, one.trial, condition.paraphrased).tasks,
        }
        return [one.trial, result] as const
      })
      const { block, trials, quarantined } = request
      return measureBlock({ ...prepared, condition, block, trials, quarantined, lost: new Map(lost) })
    },
    async attribute(request) {
      const prepared = await prepare(request)
      return attributeFailure({
        ...prepared,
        condition: conditionOf(prepared.scenario, request.condition),
        failure: request.failure,
      })
    },
  }
}

/** In the order of the tasks. */
function strataOf({ tasks }: Scenario): string[] {
  return [...new Set(tasks.map(({ id, stratum }) => stratum ?? id))]
}

function taskCountsOf(scenario: Scenario): Record<string, number> {
  const of = (name: string): number => scenario.tasks.filter(({ id, stratum }) => (stratum ?? id) === name).length
  return Object.fromEntries(strataOf(scenario).map((name) => [name, of(name)]))
}

function conditionOf({ name, measure }: Scenario, condition: string): Condition {
  const all: readonly Condition[] = [...(measure?.conditions ?? []), ...(measure?.surface?.cells ?? [])]
  const found = all.find((one) => one.name === condition)
  if (found !== undefined) return found
  throw usageError('CONDITION', `scenario "${name}" has no condition "${condition}"; its file changed during the run.`)
}
