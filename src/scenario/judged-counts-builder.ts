import { type TaskIndicators, addTaskIndicators, noIndicators } from '../objectives/indicators/task-indicators.ts'
import { addTrialIndicators, noTrialIndicators } from '../objectives/indicators/trial-indicators.ts'
import { type TaskOutcomes, addOutcomesByTask, noOutcomes } from '../objectives/task-outcomes.ts'
import type { JudgedCounts } from '../results/judged-counts.ts'
import { type IndicatorTerms, type TaskEvents, countTasks, trialIndicators } from './indicators/trial-indicators.ts'
import type { MeasuredAttack } from './measured-attack.ts'
import type { MeasuredTask } from './measured-task.ts'
import type { TrialResult } from './trial.ts'

interface StratumCounts {
  trials: number
  solved: number
  failed: number
  readonly excluded: Record<string, number>
  timedOut: number
  unfinished: number
  readonly toolCalls: Record<string, number>
  readonly latencyMs: Record<string, number>
  indicators: TaskIndicators
  byTask: Record<string, TaskOutcomes>
}

/** One trial with those of its tasks that are to be counted. */
export interface CountedTrial {
  readonly trial: number
  readonly result: TrialResult
  readonly tasks: readonly MeasuredTask[]
  readonly events: readonly TaskEvents[]
}

/** Counts what objectives are judged by, over some of the tasks or all of them. */
export class JudgedCountsBuilder {
  readonly #terms: IndicatorTerms
  readonly #strata = new Map<string, StratumCounts>()
  readonly #attacked = { caught: 0, missed: 0, unjudged: 0 }
  #indicators = noTrialIndicators
  #injected = 0
  #countedTrials = 0

  constructor(terms: IndicatorTerms) {
    this.#terms = terms
  }

  /** @param attack null where no policy violation was injected */
  add({ trial, result, tasks, events }: CountedTrial, attack: MeasuredAttack | null): void {
    if (tasks.some(({ excluded }) => excluded === null)) this.#countedTrials++
    for (const [name, ofStratum] of Map.groupBy(tasks, stratumName)) addTasks(this.#stratum(name), ofStratum)
    this.#indicators = addTrialIndicators(this.#indicators, trialIndicators(trial, result, events, this.#terms))
    for (const [name, ofStratum] of Map.groupBy(events, ({ task }) => stratumName(task))) {
      const counts = this.#stratum(name)
      counts.indicators = addTaskIndicators(counts.indicators, countTasks(ofStratum))
    }
    if (attack === null) return
    this.#injected += attack.injected
    this.#attacked[attack.verdict]++
  }

  counts(): JudgedCounts {
    return {
      countedTrials: this.#countedTrials,
      strata: Object.fromEntries(this.#strata),
      indicators: this.#indicators,
      attacks: { injected: this.#injected, trials: { ...this.#attacked } },
    }
  }

  #stratum(name: string): StratumCounts {
    const known = this.#strata.get(name)
    if (known !== undefined) return known
    const none = {
      trials: 0,
      solved: 0,
      failed: 0,
      excluded: {},
      timedOut: 0,
      unfinished: 0,
      toolCalls: {},
      latencyMs: {},
      indicators: noIndicators,
      byTask: {},
    }
    this.#strata.set(name, none)
    return none
  }
}

function addTasks(counts: StratumCounts, tasks: readonly MeasuredTask[]): void {
  if (tasks.some(({ excluded }) => excluded === null)) counts.trials++
  for (const task of tasks) {
    counts.byTask = addOutcomesByTask(counts.byTask, { [task.task.id]: outcomeOf(task) })
    if (task.excluded !== null) {
      increment(counts.excluded, task.excluded)
      continue
    }
    counts[task.problem === null ? 'solved' : 'failed']++
    if (task.timedOut) counts.timedOut++
    increment(counts.toolCalls, task.toolCalls)
    if (task.latencyMs === null) counts.unfinished++
    else increment(counts.latencyMs, task.latencyMs)
  }
}

function outcomeOf({ problem, timedOut, excluded }: MeasuredTask): TaskOutcomes {
  if (excluded !== null) return { ...noOutcomes, excluded: { [excluded]: 1 } }
  return { ...noOutcomes, [problem === null ? 'solved' : 'failed']: 1, timedOut: timedOut ? 1 : 0 }
}

function stratumName({ task }: MeasuredTask): string {
  return task.stratum ?? task.id
}

function increment(counts: Record<string, number>, key: string | number): void {
  counts[key] = (counts[key] ?? 0) + 1
}
