import type { Outcome } from '../../contract/outcome.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { SummaryCalls } from '../summary-calls.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { endingWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'

type ReportedError = NonNullable<NonNullable<Outcome['claims']>['error']>

/** The last attempts of calls that did not succeed, by task and upstream. */
interface Failures {
  readonly summaries: SummaryCalls
  readonly byUpstream: Map<string, Set<Attempt>>
}

/** R15: the error that is reported is the one that happened. */
export const lastError = defineRetryProperty<Failures>({
  id: 'R15',
  name: 'retry.last-error',
  statement:
    'An error that an outcome claims is that of the last attempt of some call to that upstream which did not succeed in the task: its status (none, where no answer came whole), its code where a code is claimed, and as many attempts as crossed the wire. Attempts that the agent says it refused itself may be counted or not. Calls for a declared summary of history are none of these.',
  applies: 'where outcomes claim an error (`claims.error`).',
  begin: ({ profile }) => ({ summaries: new SummaryCalls(profile), byUpstream: new Map() }),
  ended: ({ summaries, byUpstream }, attempt) => {
    if (summaries.sent(attempt)) return
    const failed = getOrCreate(byUpstream, key(attempt.task, attempt.upstream), () => new Set())
    if (attempt.previous) failed.delete(attempt.previous)
    if (attempt.class !== 'success') failed.add(attempt)
  },
  on: {
    'task.ended': ({ byUpstream }, event, judge) => {
      const error = event.outcome.claims?.error
      if (!error) return
      judge.trigger()
      const failed = [...(byUpstream.get(key(event.task, error.upstream)) ?? [])]
      const refused = event.outcome.claims?.refusals?.filter(({ upstream }) => upstream === error.upstream).length ?? 0
      if (failed.some((attempt) => isTrueOf(error, attempt, refused))) return
      if (failed.length === 0 && error.attempts <= refused && error.status === null) return
      const last = failed.at(-1)
      const truth = last
        ? `attempt ${last.attempt}, the last one, ${endingWords(last)}`
        : 'no call to it had failed in the task'
      judge.violate({
        sentence: `task ${quote(event.id)} reported at ${inSeconds(event.at)} that ${quote(error.upstream)} failed with ${errorWords(error)}, but ${truth}`,
        at: event.at,
        calls: failed.map(({ call }) => call),
      })
    },
  },
})

function key(task: number, upstream: string): string {
  return `${task} ${upstream}`
}

function isTrueOf(error: ReportedError, attempt: Attempt, refused: number): boolean {
  const { status, errorCode, cause, ending } = attempt
  if (error.attempts < attempt.attempt || error.attempts > attempt.attempt + refused) return false
  if (error.code !== null && error.code !== errorCode && error.code !== cause) return false
  if (error.status === status) return true
  // Of a cut answer, or an error inside one, some clients tell the status and some do not; of a refusal nobody has one.
  return error.status === null && (ending !== 'answered' || status === null || status < 400 || refused > 0)
}

function errorWords({ status, code, attempts }: ReportedError): string {
  const coded = code === null ? '' : ` (${quote(code)})`
  return `${status === null ? 'no status' : `status ${status}`}${coded} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
}
