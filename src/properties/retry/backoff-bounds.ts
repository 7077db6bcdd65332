import type { Backoff } from '../../contract/profile.ts'
import { callWords } from '../call-words.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { readRetryHint } from './retry-hint.ts'

/** Timers count whole milliseconds; an agent may round its wait either way. */
const roundingMs = 1

const lowestShare: { readonly [Jitter in Backoff['jitter']]: number } = { none: 1, full: 0, equal: 0.5, sdk: 0.75 }

/** R5: the waits between attempts follow the declared law. */
export const backoffBounds = defineRetryProperty<Backoff>({
  id: 'R5',
  name: 'retry.backoff',
  statement:
    'Where the answer before gave no hint to obey, the wait from the end of attempt k to the start of attempt k+1 lies within the declared law: at most hi = min(cap, base · factor^(k−1)), at least hi (no jitter), 0 (full), hi/2 (equal) or 0.75·hi (sdk), with 1 ms of tolerance for rounding.',
  applies: 'where the profile declares `retry.backoff`.',
  begin: ({ profile }) => profile.retry?.backoff ?? null,
  sent: (backoff, attempt, judge) => {
    const { previous } = attempt
    if (!previous || previous.endedAt === null) return
    if (readRetryHint(previous.headers, previous.endedAt).kind !== 'none') return
    judge.trigger()
    const highest = Math.min(backoff.capMs, backoff.baseMs * backoff.factor ** (previous.attempt - 1))
    const lowest = highest * lowestShare[backoff.jitter]
    const gap = attempt.sentAt - previous.endedAt
    if (gap >= lowest - roundingMs && gap <= highest + roundingMs) return
    judge.violate({
      sentence: `attempt ${attempt.attempt} of ${callWords(attempt)} began at ${inSeconds(attempt.sentAt)}, ${inSeconds(gap)} after attempt ${previous.attempt} had ended, but the declared backoff is between ${inSeconds(lowest)} and ${inSeconds(highest)}`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
    })
  },
})
