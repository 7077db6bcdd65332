import { z } from 'zod'
import { usageError } from '../contract/errors.ts'
import { type RecordedRun, type RecordedRuns, countRecordedRuns } from './recorded-runs.ts'

/** A record of tau-bench, as far as it is counted; conversations and whatever else it holds are not read. */
const recordSchema = z.object({
  task_id: z.union([z.int().min(0), z.string().min(1)]),
  trial: z.int().min(0),
  /** 1 for a task that was solved; anything less is not solved, in part or not at all. */
  reward: z.number().min(0).max(1),
  info: z.object({ error: z.string().optional() }).optional(),
})

/** The words for a run that the recording harness itself broke off. */
export const brokenOff = 'broken off by an error of the harness that recorded it'

/** tau-bench adds rewards up in floating point and allows for so much. */
const tolerance = 1e-6

/**
 * Reads runs that tau-bench recorded, so that another harness's runs can be judged as those of a measure are.
 *
 * A run with `info.error` says nothing about the agent and is excluded, by reason; a record that is none, and a trial of
 * a task that is there twice, are named in `leftOut`. Nothing is dropped in silence.
 *
 * @param value the parsed JSON of a results file of tau-bench: a list with `task_id`, `trial` and `reward` in each record
 * @param place where it came from, e.g. the path of the file
 * @throws {ShakedownError} of kind `usage` for what is no list, or holds no run at all
 */
export function readTauBenchRuns(value: unknown, place: string): RecordedRuns {
  if (!Array.isArray(value)) {
    throw usageError(
      'RECORDED_RUNS',
      `${place}: expected a list of records, found ${value === null ? 'null' : typeof value}; give a results file that tau-bench wrote.`,
    )
  }
  const runs = countRecordedRuns(value.map(readRecord))
  if (runs.leftOut.length < runs.records) return runs
  const [first] = runs.leftOut
  throw usageError(
    'RECORDED_RUNS',
    `${place}: none of its ${runs.records} records is a run of tau-bench${first === undefined ? '' : `, the first because ${first.problem}`}; give a results file that tau-bench wrote.`,
  )
}

function readRecord(value: unknown): RecordedRun | string {
  const parsed = recordSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue === undefined || issue.path.length === 0 ? 'the record' : `"${issue.path.join('.')}"`
    return `${where} is not as expected: ${issue?.message ?? 'invalid'}`
  }
  const { task_id: task, trial, reward, info } = parsed.data
  return {
    task: String(task),
    repeat: String(trial),
    isSolved: reward >= 1 - tolerance,
    excluded: info?.error === undefined ? null : brokenOff,
  }
}
