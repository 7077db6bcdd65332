import { callWords } from '../call-words.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'

/** Names an attempt by its logical call and its own: `attempt 2 of the model call to "openai" (call 1)`. */
export function attemptWords(attempt: Attempt): string {
  return `attempt ${attempt.attempt} of ${callWords(attempt)} (call ${attempt.call})`
}

/** Names another attempt of the same logical call: `attempt 1 (call 0)`. */
export function earlierWords({ attempt, call }: Attempt): string {
  return `attempt ${attempt} (call ${call})`
}

/** How and when an attempt ended: `was answered 429 (rate_limit_exceeded) at 0.800 s`. */
export function endingWords(attempt: Attempt): string {
  const { ending, status, errorCode, cause, endedAt } = attempt
  const when = endedAt === null ? '' : ` at ${inSeconds(endedAt)}`
  const answer = status === null ? '' : `answered ${status}`
  if (ending === 'answered') return `was ${answer}${errorCode === null ? '' : ` (${quote(errorCode)})`}${when}`
  if (ending === 'open') return 'had not ended'
  const how = ending === 'failed' ? `failed with ${cause ?? 'no cause'}` : 'was given up'
  return `${answer === '' ? '' : `was ${answer} and `}${how}${when}`
}
