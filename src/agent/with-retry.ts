import type { RetrySettings } from './agent-options.ts'
import type { Backoff } from './backoff.ts'
import type { RetryAfter } from './retry-after.ts'
import { sleep } from './sleep.ts'
import { CancelledError } from './stop-error.ts'

/** What decides over the attempts of one logical call. */
export interface RetryRule {
  readonly settings: RetrySettings
  readonly backoff: Backoff
  readonly retryAfter: RetryAfter
  readonly isRetryable: (error: unknown) => boolean
  readonly signal: AbortSignal
}

/**
 * Attempts one logical call until it succeeds, its error is final or the attempts are used up.
 *
 * Every logical call starts at the base delay again, so that one bad minute does not slow the rest of a task.
 *
 * @throws the error of the last attempt, or {@link CancelledError}
 */
export async function withRetry<Result>(rule: RetryRule, attemptOnce: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce()
    } catch (error) {
      if (error instanceof CancelledError || attempt >= rule.settings.maxAttempts || !rule.isRetryable(error))
        throw error
      const waitMs = waitAfter(error, attempt, rule)
      if (waitMs === null) throw error
      await sleep(waitMs, rule.signal)
    }
  }
}

/** Never less than the server's hint; null where the hint is longer than the agent is willing to wait. */
function waitAfter(error: unknown, attempt: number, rule: RetryRule): number | null {
  const headers = headersOf(error)
  const hintMs = headers ? rule.retryAfter(headers) : null
  if (hintMs !== null && hintMs > rule.settings.retryAfterCapMs) return null
  return Math.max(hintMs ?? 0, rule.backoff(attempt, rule.settings))
}

function headersOf(error: unknown): Headers | null {
  const headers: unknown = error instanceof Error && 'headers' in error ? error.headers : null
  return headers instanceof Headers ? headers : null
}
