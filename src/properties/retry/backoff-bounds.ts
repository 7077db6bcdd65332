import type { Profile } from '../../contract/profile.ts'
import { inSeconds } from '../virtual-time.ts'
import { attemptWords, earlierWords } from './attempt-words.ts'
import { roundingMs, waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { isGuarded } from './is-guarded.ts'
import { readRetryHint } from './retry-hint.ts'
import { whyNoAttempt } from './why-no-attempt.ts'

/** R5: the waits between attempts follow the declared law. */
export const backoffBounds = defineRetryProperty<Profile>({
  id: 'R5',
  name: 'retry.backoff',
  statement:
    'Where the answer before gave no hint to obey, the wait from the end of attempt k to the start of attempt k+1 lies within the declared law: at most hi = min(cap, base · factor^(k−1)), at least hi (no jitter), 0 (full), hi/2 (equal) or 0.75·hi (sdk), with 1 ms of tolerance for rounding. Behind a declared breaker, bulkhead or rate limit, which may hold an attempt back, only the lower end is judged.',
  applies: 'where the profile declares `retry.backoff`.',
  begin: ({ profile }) => (profile.retry?.backoff ? profile : null),
  sent: (profile, attempt, judge) => {
    const { previous } = attempt
    const backoff = profile.retry?.backoff
    if (!previous || previous.endedAt === null || !backoff) return
    if (readRetryHint(previous.headers, previous.endedAt).kind !== 'none') return
    judge.trigger()
    const { lowestMs, highestMs } = waitsAfter(backoff, previous.attempt)
    const gap = attempt.sentAt - previous.endedAt
    if (gap >= lowestMs - roundingMs && (gap <= highestMs + roundingMs || isGuarded(profile, attempt))) return
    const why = whyNoAttempt(previous, profile.retry?.maxAttempts ?? Infinity)
    const more = why === null ? '' : `, ${why}, so it must not try again at all`
    const [from, to] = [previous.endedAt + lowestMs, previous.endedAt + highestMs]
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, ${inSeconds(gap)} after ${earlierWords(previous)} had ended, but the declared backoff is between ${inSeconds(lowestMs)} and ${inSeconds(highestMs)}${more}`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
      spans: why === null ? [{ from, to, words: 'attempt may begin' }] : [],
    })
  },
})
