import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords, earlierWords, endingWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'

/** R13: the server's word on retrying counts. */
export const serverHint = defineRetryProperty<{ readonly maxAttempts: number }>({
  id: 'R13',
  name: 'retry.server-hint',
  statement:
    'An answer with "x-should-retry: false" is not followed by another attempt, whatever its status; one with "x-should-retry: true" may be, within the declared number of attempts.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => profile.retry ?? null,
  ended: (_rules, attempt, judge) => {
    if (hintOf(attempt) !== null) judge.trigger()
  },
  sent: ({ maxAttempts }, attempt, judge) => {
    const { previous } = attempt
    const hint = previous && hintOf(previous)
    if (!previous || hint === null || (hint === 'true' && attempt.attempt <= maxAttempts)) return
    const more =
      hint === 'true'
        ? `, which is no leave for more than the declared ${maxAttempts} attempts`
        : ', so it must not try again'
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but ${earlierWords(previous)} ${endingWords(previous)} with "x-should-retry: ${hint}"${more}`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
      spans: [{ from: previous.endedAt ?? attempt.sentAt, to: null, words: 'no attempt allowed' }],
    })
  },
})

function hintOf({ headers, class: outcome }: Attempt): 'true' | 'false' | null {
  const hint = headers['x-should-retry']?.trim().toLowerCase()
  return outcome !== 'success' && (hint === 'true' || hint === 'false') ? hint : null
}
