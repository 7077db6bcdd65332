import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords, earlierWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import type { RetryHint } from './retry-hint.ts'
import { readRetryHint } from './retry-hint.ts'
import { whyNoAttempt } from './why-no-attempt.ts'

interface Rules {
  readonly capMs: number
  readonly maxAttempts: number
}

type Wait = Extract<RetryHint, { kind: 'wait' }>

/** R4: the server's wish to be left alone is granted. */
export const retryAfter = defineRetryProperty<Rules>({
  id: 'R4',
  name: 'retry.after',
  statement:
    'After an unsuccessful answer with a valid "retry-after-ms" or "retry-after" (seconds or HTTP date), the next attempt of that logical call begins no earlier than the end of the answer plus the hint, counted in whole milliseconds; where the hint exceeds the declared cap there is no next attempt. Malformed, negative, past and empty hints demand nothing.',
  applies: 'where the profile declares `retry`; giving up only where it declares `retry.retryAfterCapMs`.',
  begin: ({ profile }) => {
    const { retry } = profile
    return retry ? { capMs: retry.retryAfterCapMs ?? Infinity, maxAttempts: retry.maxAttempts } : null
  },
  ended: ({ capMs }, attempt, judge) => {
    const hint = demandOf(attempt)
    if (hint && hint.waitMs > capMs) judge.trigger()
  },
  sent: (rules, attempt, judge) => {
    const { previous } = attempt
    const hint = previous && demandOf(previous)
    if (!previous || !hint) return
    const mustGiveUp = hint.waitMs > rules.capMs
    if (!mustGiveUp) judge.trigger()
    if (!mustGiveUp && attempt.sentAt >= hint.untilMs) return
    const why = mustGiveUp
      ? `which is more than the ${inSeconds(rules.capMs)} that the agent declares to wait`
      : whyNoAttempt(previous, rules.maxAttempts)
    const consequence =
      why === null ? `so it must not try again before ${inSeconds(hint.untilMs)}` : `${why}, so it must not try again`
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but ${earlierWords(previous)} ended at ${inSeconds(previous.endedAt ?? 0)} with ${quote(hint.header)}, ${consequence}`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
      spans: [{ from: previous.endedAt ?? 0, to: why === null ? hint.untilMs : null, words: 'no attempt allowed' }],
    })
  },
})

/** The hint of an unsuccessful answer, where obeying it takes any time at all. */
function demandOf({ status, headers, endedAt }: Attempt): Wait | null {
  if (status === null || status < 400 || endedAt === null) return null
  const hint = readRetryHint(headers, endedAt)
  return hint.kind === 'wait' && hint.waitMs > 0 ? hint : null
}
