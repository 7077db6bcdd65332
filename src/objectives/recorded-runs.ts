import { type OutcomesByTask, type TaskOutcomes, addOutcomesByTask, noOutcomes } from './task-outcomes.ts'

/** One run of one task, as another harness recorded it. */
export interface RecordedRun {
  readonly task: string
  /** Which repeat of the task it is; a task has each repeat once. */
  readonly repeat: string
  readonly isSolved: boolean
  /** Why it does not count; null where it does. */
  readonly excluded: string | null
}

/** A record that could not be counted. */
export interface LeftOutRecord {
  /** Its place in the recording, from 0. */
  readonly record: number
  /** What is wrong with it, in one sentence. */
  readonly problem: string
}

/** Runs that another harness recorded, counted. */
export interface RecordedRuns {
  /** Records in the recording: each is counted, excluded or left out. */
  readonly records: number
  readonly byTask: OutcomesByTask
  /** In the order of the recording. */
  readonly leftOut: readonly LeftOutRecord[]
}

/**
 * Counts recorded runs; what cannot be counted is named, and nothing is dropped in silence.
 *
 * @param records each a run, or what is wrong with the record; a repeat that is there twice counts the first time
 */
export function countRecordedRuns(records: readonly (RecordedRun | string)[]): RecordedRuns {
  const seen = new Map<string, number>()
  const leftOut: LeftOutRecord[] = []
  const counted = new Map<string, TaskOutcomes>()
  for (const [record, run] of records.entries()) {
    if (typeof run === 'string') {
      leftOut.push({ record, problem: run })
      continue
    }
    const { task, repeat } = run
    const key = JSON.stringify([task, repeat])
    const before = seen.get(key)
    if (before !== undefined) {
      leftOut.push({ record, problem: `trial ${repeat} of task ${task} is already record ${before}` })
      continue
    }
    seen.set(key, record)
    const sum = addOutcomesByTask({ [task]: counted.get(task) ?? noOutcomes }, { [task]: outcomeOf(run) })
    counted.set(task, sum[task] ?? noOutcomes)
  }
  return { records: records.length, byTask: addOutcomesByTask(Object.fromEntries(counted), {}), leftOut }
}

function outcomeOf({ isSolved, excluded }: RecordedRun): TaskOutcomes {
  if (excluded !== null) return { ...noOutcomes, excluded: { [excluded]: 1 } }
  return { ...noOutcomes, [isSolved ? 'solved' : 'failed']: 1 }
}
