import type { Backoff } from '../../contract/profile.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords, earlierWords } from './attempt-words.ts'
import { roundingMs, waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { readRetryHint } from './retry-hint.ts'

/** Attempts of one call that may begin at one moment where nothing is declared: one, and one at once after it. */
const mostAtOnce = 2

interface Rules {
  readonly backoff: Backoff | null
}

/** R17: attempts do not follow one another without any wait. */
export const hotLoop = defineRetryProperty<Rules>({
  id: 'R17',
  name: 'retry.hot-loop',
  statement:
    'Where a backoff is declared whose shortest wait is above 1 ms, no attempt begins at the moment at which the one before it ended, unless a header asked for no wait ("retry-after: 0"). With any other backoff, or none, at most two attempts of one call begin at one moment of virtual time.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? { backoff: profile.retry.backoff ?? null } : null),
  sent: ({ backoff }, attempt, judge) => {
    const { previous } = attempt
    if (!previous || previous.endedAt === null) return
    judge.trigger()
    if (attempt.sentAt > previous.endedAt) return
    const mustWait = backoff !== null && waitsAfter(backoff, previous.attempt).lowestMs > roundingMs
    const began = beganAt(attempt)
    let how: string | null = null
    if (mustWait && !asksForNoWait(previous)) {
      how = `at the moment at which ${earlierWords(previous)} had ended, but the agent declares to wait`
    } else if (began > mostAtOnce) how = `as number ${began} of one moment, but at most ${mostAtOnce} may begin at once`
    if (how === null) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, ${how}`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
    })
  },
})

/** How many attempts of the call, up to this one, began when it did; a few at most are looked at. */
function beganAt(attempt: Attempt): number {
  let count = 0
  for (
    let one: Attempt | null = attempt;
    one && one.sentAt === attempt.sentAt && count <= mostAtOnce;
    one = one.previous
  )
    count += 1
  return count
}

function asksForNoWait({ headers, endedAt }: Attempt): boolean {
  const said = headers['retry-after'] ?? headers['retry-after-ms']
  if (said === undefined || endedAt === null) return false
  const hint = readRetryHint(headers, endedAt)
  return hint.kind === 'unclear' || (hint.kind === 'wait' && hint.waitMs === 0)
}
