import { hash } from 'node:crypto'
import type { Fault } from '../contract/fault.ts'
import { addCounts } from '../objectives/add-counts.ts'
import { addCalls } from '../objectives/dependencies/call-counts.ts'
import { type MeasureTally, emptyMeasureTally } from '../results/measure-tally.ts'
import { mergeMeasureTallies } from '../results/merge-measure-tallies.ts'
import { writeOutcomes } from '../results/outcomes/outcome-text.ts'
import type { TrialOutcome } from '../results/outcomes/task-outcome.ts'
import { type IndicatorTerms, taskEvents } from './indicators/trial-indicators.ts'
import { JudgedCountsBuilder } from './judged-counts-builder.ts'
import { measuredAttack } from './measured-attack.ts'
import { mostOpensInADay } from './measured-breaker.ts'
import { measuredCalls } from './measured-calls.ts'
import { type MeasuredTask, measuredTasks } from './measured-task.ts'
import { taskOutcome } from './task-outcome.ts'
import type { TrialResult } from './trial.ts'

/** Adds up the trials of one block under one condition. */
export class MeasureTallyBuilder {
  readonly #faults: readonly Fault[]
  readonly #terms: IndicatorTerms
  readonly #failures: MeasureTally['failures'] = []
  readonly #hashes: string[] = []
  readonly #tasks: readonly string[]
  readonly #without: readonly string[]
  readonly #all: JudgedCountsBuilder
  readonly #gated: JudgedCountsBuilder
  readonly #outcomes: TrialOutcome[] = []
  readonly #ends: Record<string, number> = {}
  readonly #mostFailures: number
  #upstreams: MeasureTally['upstreams'] = {}
  readonly #breakerOpens: Record<string, number> = {}
  #delivered: Record<string, number> = {}
  #calls = 0
  #virtualMs = 0

  /**
   * @param terms with what indicators are read; secrets are also taken out of what graders say, which may quote the agent
   * @param tasks ids of the scenario's tasks, in its order
   * @param mostFailures failures that are kept to be attributed
   * @param without ids of the tasks in quarantine
   */
  constructor(
    faults: readonly Fault[],
    terms: IndicatorTerms,
    tasks: readonly string[],
    mostFailures: number,
    without: readonly string[] = [],
  ) {
    this.#faults = faults
    this.#terms = terms
    this.#tasks = tasks
    this.#mostFailures = mostFailures
    this.#without = without
    this.#all = new JudgedCountsBuilder(terms)
    this.#gated = new JudgedCountsBuilder(terms)
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
    for (const task of tasks) this.#noteFailure(trial, task)
    const counted = { trial, result, tasks, events: taskEvents(result, tasks, this.#terms) }
    const attack = measuredAttack(result, this.#faults)
    this.#all.add(counted, attack)
    if (this.#without.length === 0) return
    const isGating = (id: string): boolean => !this.#without.includes(id)
    const gating = tasks.filter(({ task }) => isGating(task.id))
    if (gating.length === 0 && tasks.length > 0) return
    const events = counted.events.filter(({ task }) => isGating(task.task.id))
    this.#gated.add({ ...counted, tasks: gating, events }, attack)
  }

  #noteFailure(trial: number, { index, task, problem, excluded }: MeasuredTask): void {
    if (problem === null || excluded !== null || this.#failures.length >= this.#mostFailures) return
    this.#failures.push({ trial, index, task: task.id, problem: this.#terms.redact(problem) })
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
      ...this.#all.counts(),
      gated: this.#without.length === 0 ? null : { without: [...this.#without], ...this.#gated.counts() },
      upstreams: this.#upstreams,
      breakerOpens: this.#breakerOpens,
      failures: this.#failures,
      problems: [],
    }
    // Merging with nothing puts every key in order, so that one block alone and a merge agree in their bytes.
    return mergeMeasureTallies(tally, emptyMeasureTally, this.#mostFailures)
  }
}

function increment(counts: Record<string, number>, key: string | number): void {
  counts[key] = (counts[key] ?? 0) + 1
}
