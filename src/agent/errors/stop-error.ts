import type { StopReason } from '../task/outcome.ts'

/** Ends the task with the given reason from anywhere below the step loop. */
export class StopError extends Error {
  static {
    this.prototype.name = 'StopError'
  }

  readonly stop: StopReason

  constructor(stop: StopReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.stop = stop
  }
}

/** The caller aborted the task's signal; nothing is retried after it. */
export class CancelledError extends StopError {
  static {
    this.prototype.name = 'CancelledError'
  }

  constructor() {
    super('cancelled', 'The task was cancelled by its caller.')
  }
}

/** The task's own time is up; nothing is retried after it. */
export class DeadlineError extends StopError {
  static {
    this.prototype.name = 'DeadlineError'
  }

  constructor(limitMs: number) {
    super('deadline', `The task did not end within ${limitMs} ms.`)
  }
}
