import { noUsage, sumOfUsage, usageSince } from '../events/usage-total.ts'
import type { UsageTotal } from '../events/usage-total.ts'
import type { TaskListener } from '../events/task-event.ts'
import type { Message } from '../messages/message.ts'
import type { StepFailure } from './step-failure.ts'
import { noMetrics } from './step-metrics.ts'
import type { StepCost } from './step-metrics.ts'
import { hasReached } from './step-progression.ts'
import type { StepProgression } from './step-progression.ts'

/** What a step recorder is made of. */
interface StepRecorderParts {
  /** From 1. */
  readonly number: number
  readonly tell: TaskListener
  /** The tokens of all replies of the task so far. */
  readonly usage: () => UsageTotal
}

/** Notes how far one step has come, where its time and tokens went, and what went wrong. */
export class StepRecorder {
  readonly number: number
  /** What model and tools have said in it. */
  said: readonly Message[] = []
  readonly #tell: TaskListener
  readonly #usage: () => UsageTotal
  readonly #usageBefore: UsageTotal
  readonly #startedMs = performance.now()
  readonly #spentMs = { model: 0, tool: 0 }
  #endedMs: number | null = null
  #progression: StepProgression = 'started'
  #failure: StepFailure | null = null
  #earlier: StepCost = { metrics: noMetrics, usage: noUsage }

  constructor({ number, tell, usage }: StepRecorderParts) {
    this.number = number
    this.#tell = tell
    this.#usage = usage
    this.#usageBefore = usage()
    this.#told()
  }

  get progression(): StepProgression {
    return this.#progression
  }

  /** Null where nothing has. */
  get failure(): StepFailure | null {
    return this.#failure
  }

  /** With what earlier tries have cost. */
  get cost(): StepCost {
    const { metrics, usage } = this.#earlier
    const stepMs = (this.#endedMs ?? performance.now()) - this.#startedMs
    return {
      metrics: {
        modelMs: metrics.modelMs + Math.round(this.#spentMs.model),
        toolMs: metrics.toolMs + Math.round(this.#spentMs.tool),
        stepMs: metrics.stepMs + Math.round(stepMs),
      },
      usage: sumOfUsage(usage, usageSince(this.#usageBefore, this.#usage())),
    }
  }

  /** The step is taken up: what it has cost before counts as well. */
  takenUp(earlier: StepCost): void {
    this.#earlier = earlier
  }

  /** Does a part of the step, and notes how long it took, however it ended. */
  async timed<Result>(part: 'model' | 'tool', work: () => Promise<Result>): Promise<Result> {
    const fromMs = performance.now()
    try {
      return await work()
    } finally {
      this.#spentMs[part] += performance.now() - fromMs
    }
  }

  /** The step has come so far. */
  reached(progression: StepProgression): void {
    if (hasReached(this.#progression, progression)) return
    this.#progression = progression
    this.#told()
  }

  /** The step ends the task without having come to its end, or at it. */
  failed(failure: StepFailure): void {
    this.#failure = failure
    this.#ended(failure.stop === 'requires_approval' ? 'waiting' : 'failed')
  }

  /** Nothing of the step is left to do. */
  finished(): void {
    this.reached('finished')
    this.#ended('done')
  }

  #told(): void {
    this.#tell({ type: 'step_progressed', step: this.number, progression: this.#progression })
  }

  #ended(status: 'done' | 'failed' | 'waiting'): void {
    this.#endedMs = performance.now()
    const { number: step, progression, failure } = this
    this.#tell({ type: 'step_ended', step, status, progression, failure, ...this.cost })
  }
}
