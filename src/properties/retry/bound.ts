import { inSeconds } from '../virtual-time.ts'
import { attemptWords } from './attempt-words.ts'
import { didNotSucceed } from './did-not-succeed.ts'
import { defineRetryProperty } from './define-retry-property.ts'

/** R1: no logical call is attempted more often than declared. */
export const retryBound = defineRetryProperty<{ readonly maxAttempts: number }>({
  id: 'R1',
  name: 'retry.bound',
  statement:
    'No logical call, to a model, a tool or anything else, is attempted more often than the declared number of attempts over all layers. A tool call that the model asks for anew is a new logical call.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => profile.retry ?? null,
  ended: (_rules, attempt, judge) => {
    if (didNotSucceed(attempt)) judge.trigger()
  },
  sent: ({ maxAttempts }, attempt, judge) => {
    if (attempt.attempt <= maxAttempts) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but the agent declares at most ${maxAttempts}, so it must not try again`,
      at: attempt.sentAt,
      calls: attempt.previous ? [attempt.previous.call, attempt.call] : [attempt.call],
      ...(attempt.previous && {
        spans: [{ from: attempt.previous.endedAt ?? attempt.sentAt, to: null, words: 'no attempt allowed' }],
      }),
    })
  },
})
