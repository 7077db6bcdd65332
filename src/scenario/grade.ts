import { describeThrown } from '../contract/describe-thrown.ts'
import { usageError } from '../contract/errors.ts'
import type { Outcome } from '../contract/outcome.ts'
import type { Effect, Task } from '../contract/task.ts'

/** What grading needs of a task's end: null for an outcome where the agent gave none. */
export interface Ended {
  readonly outcome: Outcome | null
  readonly effects: readonly Effect[]
}

const regularStops: ReadonlySet<string> = new Set(['end_turn', 'requires_approval'])

/**
 * Says whether a task was solved: null, or a sentence that says what is wrong.
 *
 * A task without a grader is solved by an end of turn or a question for an approval; one without an outcome never is.
 *
 * @throws {ShakedownError} of kind `usage` where the grader itself throws
 */
export function gradeTask(task: Task, { outcome, effects }: Ended): string | null {
  if (outcome === null) return 'the agent gave no outcome'
  if (task.grade === undefined) return regularStops.has(outcome.stop) ? null : `the agent stopped with ${outcome.stop}`
  try {
    const grade = task.grade({ outcome, effects })
    return grade === true ? null : grade
  } catch (thrown) {
    throw usageError(
      'GRADER',
      `the grader of task "${task.id}" threw ${describeThrown(thrown)}; mend it in the scenario.`,
      thrown,
    )
  }
}
