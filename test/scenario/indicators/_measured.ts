import type { Agent } from '../../../src/contract/task.ts'
import { allTasks } from '../../../src/objectives/condition-counts.ts'
import type { IndicatorCounts } from '../../../src/objectives/indicators/indicator-counts.ts'
import { indicatorMeasures } from '../../../src/results/indicator-measures.ts'
import { countsOf } from '../../../src/results/summarise-condition.ts'
import { lostTrialResult } from '../../../src/runner/lost-trial.ts'
import { drawWorkload } from '../../../src/scenario/draw-workload.ts'
import { policyJudge } from '../../../src/scenario/measured-attack.ts'
import { measureBlock } from '../../../src/scenario/measure-block.ts'
import type { MeasureInput } from '../../../src/scenario/measure-input.ts'
import type { ScenarioInput } from '../../../src/scenario/scenario.ts'
import { installSimulation } from '../../../src/simulation/install.ts'
import { orderScenario } from '../_scenario.ts'

installSimulation()

export interface Setup extends Partial<Omit<ScenarioInput, 'agent' | 'measure'>> {
  /** What the agent does with the task of each trial, by its id. */
  readonly agents: Readonly<Record<string, Agent>>
  readonly measure?: Partial<MeasureInput>
  readonly trials?: number
  /** Trials whose process is lost. */
  readonly lost?: readonly number[]
}

/** Measures trials without faults, or under the faults of the measure; one task a trial, in turns. */
export async function measured({
  agents,
  measure = {},
  trials = Object.keys(agents).length,
  lost = [],
  ...change
}: Setup) {
  const scenario = orderScenario({
    agent: () => (task, options) => agents[task.id]?.(task, options) ?? Promise.reject(new Error('no such task')),
    tasks: Object.keys(agents).map((id) => ({ id, input: `What of ${id}?` })),
    measure: { trials: 100, faults: [], ...measure },
    ...change,
  })
  const condition = scenario.measure?.conditions.at(-1)
  if (condition === undefined) throw new Error('not measured')
  const judge = policyJudge(scenario)
  const standIns = lost.map((trial) => {
    const { tasks } = drawWorkload(scenario, 1, trial)
    return [trial, { ...lostTrialResult(judge, { trial, how: 'died', detail: '' }), tasks }] as const
  })
  const turns = { onTurn: () => {}, onTrial: () => {} }
  const run = { scenario, seed: 1, condition, block: 0, trials, lost: new Map(standIns), ...turns }
  const tally = await measureBlock(run)
  const counts = countsOf(condition, tally)
  const { indicators } = allTasks(counts)
  return { tally, counts, ofTasks: indicators, ofTrials: tally.indicators, measures: indicatorMeasures(counts) }
}

/** An agent that says so and stops. */
export function saying(answer: string | null, stop = 'end_turn'): Agent {
  return () => Promise.resolve({ answer, stop })
}

/** How many events an indicator has counted, one way or another. */
export function total({ good, bad, excluded }: IndicatorCounts): number {
  return [good, bad, excluded].flatMap((counts) => Object.values(counts)).reduce((sum, count) => sum + count, 0)
}
