import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { checkedLine, checkedValue } from './checked-line.ts'
import { type KeptWork, asKeptWork } from './kept-work.ts'
import { identityDifference, runIdentitySchema } from './run-identity.ts'

/** What a journal is of; its first line. */
const journalHeaderSchema = z.strictObject({
  format: z.literal('shakedown-journal'),
  version: z.literal(1),
  run: runIdentitySchema,
  /** `2/4` for a shard, null for a whole run. */
  shard: z.string().nullable(),
  /** The day on which the run began. */
  today: z.iso.date(),
})

export type JournalHeader = z.output<typeof journalHeaderSchema>

/** The finished work of a run on its way to the report, kept where a killed run leaves it behind. */
export interface Journal {
  /** Whether an earlier run is continued. */
  readonly isContinued: boolean
  /** What an earlier run had finished. */
  readonly known: readonly KeptWork[]
  /** The day of the run, as it began. */
  readonly today: string
  keep(work: KeptWork): void
  /** Removes it: the report holds everything now. */
  end(): void
}

/**
 * Opens the journal of a run, in a folder beside its report.
 *
 * Each line carries its own checksum. A line that was torn when its writer was killed is left out, and its work done again.
 *
 * @param resumes whether to continue the run that left a journal behind; without, an earlier journal is thrown away
 * @throws {ShakedownError} of kind `usage` where the run that was left is another one
 */
export function openJournal(out: string, header: JournalHeader, resumes: boolean): Journal {
  const folder = workFolder(out)
  const place = join(folder, 'journal.jsonl')
  const left = resumes ? readJournal(place) : null
  if (left !== null) requireSameRun(left.header, header, place)
  mkdirSync(folder, { recursive: true })
  if (left === null) writeFileSync(place, checkedLine(header))
  // Whatever follows a torn line would be torn with it.
  else if (!left.isWhole) appendFileSync(place, '\n')
  return {
    isContinued: left !== null,
    known: left?.known ?? [],
    today: left?.header.today ?? header.today,
    keep: (work) => appendFileSync(place, checkedLine(work)),
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Whether a run that wrote to this folder was ended before its report. */
export function hasJournal(out: string): boolean {
  return existsSync(join(workFolder(out), 'journal.jsonl'))
}

function workFolder(out: string): string {
  return `${out}.work`
}

function requireSameRun(left: JournalHeader, now: JournalHeader, place: string): void {
  const shard = (header: JournalHeader): string => (header.shard === null ? 'the whole run' : `shard ${header.shard}`)
  const difference =
    left.shard === now.shard
      ? identityDifference(left.run, now.run)
      : `which part of it is run (${shard(left)} and ${shard(now)})`
  if (difference === null) return
  throw usageError(
    'OTHER_RUN',
    `--resume: the run that was left in ${place} is another one: ${difference} differs; undo that, or run without --resume to begin anew.`,
  )
}

interface LeftJournal {
  readonly header: JournalHeader
  readonly known: readonly KeptWork[]
  /** Whether the last line has its end. */
  readonly isWhole: boolean
}

/** Null where no run was left, or one that had not begun. */
function readJournal(place: string): LeftJournal | null {
  if (!existsSync(place)) return null
  const text = readFileSync(place, 'utf8')
  const [first, ...rest] = text.split('\n').map(checkedValue)
  const header = journalHeaderSchema.safeParse(first)
  if (!header.success) return null
  const known = rest.map(asKeptWork).filter((work) => work !== null)
  return { header: header.data, known, isWhole: text.endsWith('\n') }
}
