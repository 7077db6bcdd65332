import { inSeconds } from '../virtual-time.ts'
import { attemptWords, earlierWords, endingWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { whyNotRetryable } from './why-not-retryable.ts'

/** R3: only what another attempt can mend is attempted again. */
export const retryClass = defineRetryProperty<true>({
  id: 'R3',
  name: 'retry.class',
  statement:
    'A call is repeated with the same body only after no answer, an incomplete answer, 408, 409, 429 other than for quota, billing or the tokens of a day, or 500 and above; a header "x-should-retry" decides otherwise. An error that a stream tells under status 200 is judged by its code: quota, billing, `context_length_exceeded` and `invalid_prompt` are not repeated. The same request is not sent again after a context overflow. Whether an effectful call of unknown outcome may be repeated is for R9, which reads its idempotency key, and for L11, which counts its effects.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? true : null),
  ended: (_rules, attempt, judge) => {
    if (whyNotRetryable(attempt) !== null) judge.trigger()
  },
  sent: (_rules, attempt, judge) => {
    const { previous } = attempt
    const why = previous && whyNotRetryable(previous)
    if (!previous || !why) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but ${earlierWords(previous)} ${endingWords(previous)}, and ${why}, so it must not try again`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
      spans: [{ from: previous.endedAt ?? attempt.sentAt, to: null, words: 'no attempt allowed' }],
    })
  },
})
