import { interruptionOf } from '../errors/interruption.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import type { TaskRun } from '../task/task-run.ts'
import { keepTraces } from './kept-traces.ts'
import { statusOf } from './run-status.ts'
import { failureOf } from './step-failure.ts'
import type { StepRecorder } from './step-recorder.ts'

/** How a step ends: with the conversation that the next one goes on with, or with the outcome of the task. */
export type StepEnd =
  { readonly conversation: Conversation } | { readonly outcome: AgentOutcome; readonly conversation?: Conversation }

/**
 * Does one step, keeps what comes of it, and notes how far it came.
 *
 * A step that ends the task without an answer, or throws, has failed where it stands; what is kept of it is written
 * with the end of the run. From `step_logged` on nothing fails it any more.
 *
 * @throws what the step throws, and a {@link StoreError} where it cannot be kept as done
 */
export async function recordedStep(
  number: number,
  run: TaskRun,
  step: (recorder: StepRecorder) => Promise<StepEnd>,
): Promise<StepEnd> {
  const recorder = run.recorder.begin(number)
  const end = await untilKept(recorder, run, step)
  if (recorder.failure) return end
  if (await keepTraces(run)) recorder.reached('trace_logged')
  recorder.finished()
  return end
}

async function untilKept(
  recorder: StepRecorder,
  run: TaskRun,
  step: (recorder: StepRecorder) => Promise<StepEnd>,
): Promise<StepEnd> {
  try {
    const end = await step(recorder)
    if ('outcome' in end && statusOf(end.outcome.stop) !== 'completed') {
      recorder.failed({ stop: end.outcome.stop, errorClass: null, message: null })
      return end
    }
    await keepDone(end, recorder, run)
    recorder.reached('step_logged')
    return end
  } catch (error) {
    const cause = run.signal.aborted ? interruptionOf(run.signal) : error
    recorder.failed(failureOf(cause, (text) => run.shared.strike.text(text)))
    throw error
  }
}

/** Without traces to be kept, nothing comes after this, so that the step is kept as finished. */
async function keepDone(
  end: StepEnd,
  recorder: StepRecorder,
  { journal, traces, log, ...run }: TaskRun,
): Promise<void> {
  if (!journal) return
  const progression = traces ? 'step_logged' : 'finished'
  await journal.stepDone(end, { recorder, log, progression, request: run.recorder.metrics })
}
