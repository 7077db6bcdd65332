import { hash } from 'node:crypto'
import type { Fault } from '../contract/fault.ts'
import { addCounts } from '../objectives/add-counts.ts'
import { addCalls } from '../objectives/dependencies/call-counts.ts'
import { type TaskIndicators, addTaskIndicators, noIndicators } from '../objectives/indicators/task-indicators.ts'
import { addTrialIndicators, noTrialIndicators } from '../objectives/indicators/trial-indicators.ts'
import { type TaskOutcomes, addOutcomesByTask, noOutcomes } from '../objectives/task-outcomes.ts'
import { type MeasureTally, emptyMeasureTally } from '../results/measure-tally.ts'
import { mergeMeasureTallies } from '../results/merge-measure-tallies.ts'
import { writeOutcomes } from '../results/outcomes/outcome-text.ts'
import type { TrialOutcome } from '../results/outcomes/task-outcome.ts'
import { type IndicatorTerms, countTasks, taskEvents, trialIndicators } from './indicators/trial-indicators.ts'
import { measuredAttack } from './measured-attack.ts'
import { mostOpensInADay } from './measured-breaker.ts'
import { measuredCalls } from './measured-calls.ts'
import { type MeasuredTask, measuredTasks } from './measured-task.ts'
import { taskOutcome } from './task-outcome.ts'
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

/** Adds up the trials of one block under one condition. */
export class MeasureTallyBuilder {
  readonly #faults: readonly Fault[]
  readonly #terms: IndicatorTerms
  readonly #strata = new Map<string, StratumCounts>()
  readonly #failures: MeasureTally['failures'] = []
  readonly #hashes: string[] = []
  readonly #tasks: readonly string[]
  readonly #outcomes: TrialOutcome[] = []
  readonly #ends: Record<string, number> = {}
  readonly #attacked = { caught: 0, missed: 0, unjudged: 0 }
  readonly #mostFailures: number
  #upstreams: MeasureTally['upstreams'] = {}
  readonly #breakerOpens: Record<string, number> = {}
  #delivered: Record<string, number> = {}
  #indicators = noTrialIndicators
  #injected = 0
  #countedTrials = 0
  #calls = 0
  #virtualMs = 0

  /**
   * @param terms with what indicators are read; secrets are also taken out of what graders say, which may quote the agent
   * @param tasks ids of the scenario's tasks, in its order
   * @param mostFailures failures that are kept to be attributed
   */
  constructor(faults: readonly Fault[], terms: IndicatorTerms, tasks: readonly string[], mostFailures: number) {
    this.#faults = faults
    this.#terms = terms
    this.#tasks = tasks
    this.#mostFailures = mostFailures
  }

  add(trial: number, result: TrialResult): void {
    this.#hashes.push(result.hash)
    this.#calls += result.calls
    this.#virtualMs += result.virtualMs
    increment(this.#ends, result.how)
    for (const [index, { id }] of this.#faults.entries()) {
      const struck = result.deliveries[index] ?? 0
      if (struck > 0) this.#delivered = addCounts(this.#delivered, { [id]: struck })
    }
    this.#upstreams = addCalls(this.#upstreams, measuredCalls(result.events))
    const opens = mostOpensInADay(result.events, this.#terms.profile)
    if (opens !== null) increment(this.#breakerOpens, opens)
    const tasks = measuredTasks(result)
    this.#outcomes.push(tasks.map((task) => taskOutcome(task, this.#tasks)))
    if (tasks.some(({ excluded }) => excluded === null)) this.#countedTrials++
    for (const stratum of new Set(tasks.map(stratumName))) {
      this.#addStratum(
        trial,
        this.#stratum(stratum),
        tasks.filter((task) => stratumName(task) === stratum),
      )
    }
    this.#addIndicators(trial, result, tasks)
    const attack = measuredAttack(result, this.#faults)
    if (attack === null) return
    this.#injected += attack.injected
    this.#attacked[attack.verdict]++
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

  #addStratum(trial: number, counts: StratumCounts, tasks: readonly MeasuredTask[]): void {
    if (tasks.some(({ excluded }) => excluded === null)) counts.trials++
    for (const task of tasks) {
      counts.byTask = addOutcomesByTask(counts.byTask, { [task.task.id]: outcomeOf(task) })
      if (task.excluded !== null) {
        increment(counts.excluded, task.excluded)
        continue
      }
      if (task.problem === null) counts.solved++
      else this.#fail(trial, counts, task, task.problem)
      if (task.timedOut) counts.timedOut++
      increment(counts.toolCalls, task.toolCalls)
      if (task.latencyMs === null) counts.unfinished++
      else increment(counts.latencyMs, task.latencyMs)
    }
  }

  #addIndicators(trial: number, result: TrialResult, tasks: readonly MeasuredTask[]): void {
    const events = taskEvents(result, tasks, this.#terms)
    this.#indicators = addTrialIndicators(this.#indicators, trialIndicators(trial, result, events, this.#terms))
    for (const [name, ofStratum] of Map.groupBy(events, ({ task }) => stratumName(task))) {
      const counts = this.#stratum(name)
      counts.indicators = addTaskIndicators(counts.indicators, countTasks(ofStratum))
    }
  }

  #fail(trial: number, counts: StratumCounts, { index, task }: MeasuredTask, problem: string): void {
    counts.failed++
    if (this.#failures.length < this.#mostFailures) {
      this.#failures.push({ trial, index, task: task.id, problem: this.#terms.redact(problem) })
    }
  }

  finish(block: number): MeasureTally {
    const tally: MeasureTally = {
      blocks: [
        {
          index: block,
          hash: hash('sha256', this.#hashes.join(''), 'hex'),
          outcomes: writeOutcomes(this.#outcomes),
        },
      ],
      trials: this.#hashes.length,
      calls: this.#calls,
      virtualMs: this.#virtualMs,
      ends: this.#ends,
      delivered: this.#delivered,
      countedTrials: this.#countedTrials,
      strata: Object.fromEntries(this.#strata),
      indicators: this.#indicators,
      attacks: { injected: this.#injected, trials: { ...this.#attacked } },
      upstreams: this.#upstreams,
      breakerOpens: this.#breakerOpens,
      failures: this.#failures,
      problems: [],
    }
    // Merging with nothing puts every key in order, so that one block alone and a merge agree in their bytes.
    return mergeMeasureTallies(tally, emptyMeasureTally, this.#mostFailures)
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
