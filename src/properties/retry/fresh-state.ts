import type { Profile } from '../../contract/profile.ts'
import { callWords } from '../call-words.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { roundingMs, waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { isGuarded } from './is-guarded.ts'
import { readRetryHint } from './retry-hint.ts'

interface Rules {
  readonly profile: Profile
  /** The first attempt that was the third of its call. */
  third: Attempt | null
}

/** R18: every logical call begins its backoff anew. */
export const freshState = defineRetryProperty<Rules>({
  id: 'R18',
  name: 'retry.fresh-state',
  statement:
    'Once some call has been attempted three times or more, the first wait of a later call is still at most the base of the declared backoff (1 ms of tolerance): the delay does not carry over. Waits after a hint, and those behind a declared breaker, bulkhead or rate limit, are not judged.',
  applies: 'where the profile declares `retry.backoff` with a factor above 1.',
  begin: ({ profile }) =>
    profile.retry?.backoff && profile.retry.backoff.factor > 1 ? { profile, third: null } : null,
  sent: (rules, attempt, judge) => {
    const { previous } = attempt
    const { profile, third } = rules
    const backoff = profile.retry?.backoff
    if (attempt.attempt === 3) rules.third ??= attempt
    if (!backoff || !third || !previous || attempt.attempt !== 2 || previous.endedAt === null) return
    // Only a call that began later: the delays of overlapping ones may be of one kind each.
    if (third.sentAt > previous.sentAt || isGuarded(profile, attempt)) return
    if (readRetryHint(previous.headers, previous.endedAt).kind !== 'none') return
    judge.trigger()
    const { highestMs } = waitsAfter(backoff, 1)
    const gap = attempt.sentAt - previous.endedAt
    if (gap <= highestMs + roundingMs) return
    judge.violate({
      sentence: `${callWords(attempt)} was attempted again at ${inSeconds(attempt.sentAt)}, ${inSeconds(gap)} after its first attempt had ended, but a new call waits at most ${inSeconds(highestMs)}; call ${third.call} had been attempt 3 of another`,
      at: attempt.sentAt,
      calls: [third.call, previous.call, attempt.call],
    })
  },
})
