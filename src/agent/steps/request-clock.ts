import type { TaskEvent, TaskListener } from '../events/task-event.ts'
import type { RequestMetrics } from './step-metrics.ts'

/** Measures one handing-over of a task by what it tells. */
export class RequestClock {
  readonly #startedMs = performance.now()
  #firstTokenMs: number | null = null
  #hasReply = false

  /** A listener that tells the next one, and hears when the first token comes. */
  overhearing(listener: TaskListener): TaskListener {
    return (event) => {
      this.#hear(event)
      listener(event)
    }
  }

  get metrics(): RequestMetrics {
    const since = (ms: number): number => Math.round(ms - this.#startedMs)
    return {
      requestMs: since(performance.now()),
      timeToFirstTokenMs: this.#firstTokenMs === null ? null : since(this.#firstTokenMs),
    }
  }

  #hear({ type }: TaskEvent): void {
    if (this.#hasReply) return
    // What a failed attempt brought is void, its first token too.
    if (type === 'attempt_failed') this.#firstTokenMs = null
    if (type === 'delta' || type === 'reply') this.#firstTokenMs ??= performance.now()
    if (type === 'reply') this.#hasReply = true
  }
}
