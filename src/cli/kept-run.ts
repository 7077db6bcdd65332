import type { RunRequest } from '../runner/run-plan.ts'
import { type ShardPart, shardText } from '../runner/shards/shard-part.ts'
import { hasJournal, openJournal } from '../runner/kept-work/journal.ts'
import { RememberingWorkers } from '../runner/kept-work/remembering-workers.ts'
import { type RunIdentity, runIdentity } from '../runner/kept-work/run-identity.ts'

/** How a run is kept while it lasts. */
export interface KeepOptions {
  /** Where its report is going to be. */
  readonly folder: string
  /** Whether to continue the run that was left there. */
  readonly resumes: boolean
  readonly part: ShardPart | null
}

/** A run whose finished work is kept, so that it can be continued when it is killed. */
export interface KeptRun {
  readonly request: RunRequest
  readonly identity: RunIdentity
  /** Called once the report is there. */
  end(): void
}

/**
 * Keeps the finished work of a run beside its report folder, and takes up what an earlier one has left there.
 *
 * @throws {ShakedownError} of kind `usage` where the run that was left is another one
 */
export async function keepRun(request: RunRequest, { folder, resumes, part }: KeepOptions): Promise<KeptRun> {
  const identity = await runIdentity(request)
  const isLeft = hasJournal(folder)
  const header = {
    format: 'shakedown-journal',
    version: 1,
    run: identity,
    shard: part && shardText(part),
    today: request.today,
  } as const
  const journal = openJournal(folder, header, resumes)
  if (resumes && !journal.isContinued) process.stderr.write(`Nothing to resume in ${folder}: the run begins anew.\n`)
  if (!resumes && isLeft) {
    process.stderr.write(`A run that was ended before its report is thrown away; --resume would have continued it.\n`)
  }
  const pool = new RememberingWorkers(request.pool, journal.known, (work) => journal.keep(work))
  return { request: { ...request, pool, today: journal.today }, identity, end: () => journal.end() }
}
