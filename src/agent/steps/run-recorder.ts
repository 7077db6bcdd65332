import type { TaskListener } from '../events/task-event.ts'
import type { TaskLog } from '../task/task-log.ts'
import { RequestClock } from './request-clock.ts'
import type { RequestMetrics } from './step-metrics.ts'
import { StepRecorder } from './step-recorder.ts'

/** Notes what one handing-over of a task comes to, step by step. */
export class RunRecorder {
  /** What the task does is told here. */
  readonly tell: TaskListener
  readonly #clock = new RequestClock()
  readonly #log: TaskLog
  #last: StepRecorder | null = null

  constructor(listener: TaskListener, log: TaskLog) {
    this.tell = this.#clock.overhearing(listener)
    this.#log = log
  }

  /** The step that began last; null before the first. */
  get last(): StepRecorder | null {
    return this.#last
  }

  /** How long the task has taken so far. */
  get metrics(): RequestMetrics {
    return this.#clock.metrics
  }

  begin(number: number): StepRecorder {
    this.#last = new StepRecorder({ number, tell: this.tell, usage: () => this.#log.usage })
    return this.#last
  }
}
