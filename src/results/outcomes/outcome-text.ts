import type { TaskOutcome, TrialOutcome } from './task-outcome.ts'

const task = String.raw`[0-9a-z]+(x|[+\-*!][0-9a-z]+\.[0-9a-z]*)`
const trial = `(${task}(,${task})*)?`

/**
 * A block's outcomes in a few bytes a trial, because a large measure has many: `0+2.rs 1-0. 2*1.rs,0x`.
 *
 * Trials are separated by a space, the tasks of a trial by a comma. A task is its index among the tasks of the scenario,
 * a sign, its tool calls, a full stop, and its latency in milliseconds, where it ended; all numbers in base 36. Signs are
 * `+` solved, `-` failed, `*` solved although it timed out, `!` failed and timed out, `x` excluded, which has no numbers.
 */
export const outcomeTextPattern = new RegExp(`^${trial}( ${trial})*$`)

/** Writes down what became of the trials of a block, in order. */
export function writeOutcomes(trials: readonly TrialOutcome[]): string {
  return trials.map((tasks) => tasks.map(writeTask).join(',')).join(' ')
}

/** Reads what {@link writeOutcomes} wrote. */
export function readOutcomes(text: string): TrialOutcome[] {
  return text.split(' ').map((trial) => (trial === '' ? [] : trial.split(',').map(readTask)))
}

function writeTask({ task, verdict, timedOut, toolCalls, latencyMs }: TaskOutcome): string {
  const index = task.toString(36)
  if (verdict === 'excluded') return `${index}x`
  const sign = verdict === 'solved' ? (timedOut ? '*' : '+') : timedOut ? '!' : '-'
  return `${index}${sign}${toolCalls.toString(36)}.${latencyMs === null ? '' : latencyMs.toString(36)}`
}

function readTask(text: string): TaskOutcome {
  const signAt = text.search(/[+\-*!]/)
  // `x` is a digit of an index as well.
  const at = signAt < 0 ? text.length - 1 : signAt
  const [index, sign] = [text.slice(0, at), text.charAt(at)]
  const [toolCalls, latency = ''] = text.slice(at + 1).split('.')
  return {
    task: Number.parseInt(index, 36),
    verdict: sign === 'x' ? 'excluded' : sign === '+' || sign === '*' ? 'solved' : 'failed',
    timedOut: sign === '*' || sign === '!',
    toolCalls: Number.parseInt(toolCalls || '0', 36),
    latencyMs: latency === '' ? null : Number.parseInt(latency, 36),
  }
}
