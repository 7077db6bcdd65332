import type { TaskEvent } from '../events/task-event.ts'
import type { TaskRun } from '../task/task-run.ts'

/** What may fail beside a task. */
export type Aside = Extract<TaskEvent, { readonly type: 'aside_failed' }>['what']

/** Tells that something beside the task has failed; the task goes on without it. */
export function asideFailed(what: Aside, error: unknown, { tell, log, shared }: TaskRun): void {
  const message = shared.strike.text(error instanceof Error ? error.message : String(error))
  tell({ type: 'aside_failed', step: log.step, what, message })
}
