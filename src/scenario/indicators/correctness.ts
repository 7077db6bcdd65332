import type { IndicatorEvent } from '../../objectives/indicators/indicator-counts.ts'
import type { MeasuredTask } from '../measured-task.ts'

/** Whether an answer was right, by the task's grader; a task that was not answered says nothing of answers. */
export function correctnessOf({ task, problem }: MeasuredTask, availability: IndicatorEvent): IndicatorEvent {
  if (availability.side !== 'good') return { side: 'excluded', reason: 'not answered' }
  if (task.grade === undefined) return { side: 'excluded', reason: 'no grader' }
  return problem === null ? { side: 'good', reason: 'right' } : { side: 'bad', reason: 'wrong' }
}
