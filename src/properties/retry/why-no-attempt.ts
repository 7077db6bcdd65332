import type { Attempt } from './attempt-ledger.ts'
import { whyNotRetryable } from './why-not-retryable.ts'

/**
 * Why no attempt may follow another at any time, as a part of a sentence that goes on with "so it must not try again";
 * null where one may.
 *
 * Properties of waits say it, so that nobody mends the wait where there must be no attempt.
 */
export function whyNoAttempt(previous: Attempt, maxAttempts: number): string | null {
  const why = whyNotRetryable(previous)
  if (why !== null) return `and ${why}`
  return previous.attempt >= maxAttempts ? `and the agent declares at most ${attemptsWords(maxAttempts)}` : null
}

function attemptsWords(count: number): string {
  return count === 1 ? '1 attempt' : `${count} attempts`
}
