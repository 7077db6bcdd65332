import type { AgentSettings } from '../agent-options.ts'
import type { ErrorClass } from '../errors/error-class.ts'
import { heardBy } from '../events/heard-by.ts'
import type { TaskListener } from '../events/task-event.ts'
import type { RunStopped } from '../store/run-journal.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import { TaskLog } from '../task/task-log.ts'
import type { TaskRun } from '../task/task-run.ts'
import { keepTraces } from './kept-traces.ts'
import { RunRecorder } from './run-recorder.ts'
import { statusOf } from './run-status.ts'

/** What one handing-over of a task is noted in, and where it is told. */
export function openRecords(
  { store, observer }: AgentSettings,
  listener: TaskListener | undefined,
): Pick<TaskRun, 'log' | 'recorder' | 'tell' | 'countsUsage'> {
  const log = new TaskLog()
  const recorder = new RunRecorder(heardBy(observer, listener), log)
  return { log, recorder, tell: recorder.tell, countsUsage: (observer ?? listener ?? store) !== undefined }
}

/** Keeps how a task stopped, where it was not kept with its answer, and the traces of a step that failed. */
export async function keepStopped(outcome: AgentOutcome, run: TaskRun): Promise<void> {
  if (!run.journal) return
  await run.journal.stopped(outcome, stoppedRun(run))
  await keepTraces(run)
}

/** What there is to keep of a run that stops now. */
export function stoppedRun({ log, recorder, settings }: TaskRun): RunStopped {
  const { last, metrics } = recorder
  return { recorder: last, log, request: metrics, keepsMessages: settings.keepFailedMessages }
}

/** Tells how the task ended. */
export function tellEnded(
  outcome: AgentOutcome,
  errorClass: ErrorClass | null,
  { tell, log, recorder }: TaskRun,
): void {
  const { step: steps, usage } = log
  tell({ type: 'ended', outcome, errorClass, status: statusOf(outcome.stop), steps, usage, ...recorder.metrics })
}
