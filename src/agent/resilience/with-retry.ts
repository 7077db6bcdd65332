import type { RetrySettings } from '../agent-options.ts'
import type { Backoff } from './backoff.ts'
import type { RetryAfter } from './retry-after.ts'
import type { RetryBudget } from './retry-budget.ts'
import { sleep } from './sleep.ts'
import { StopError } from '../errors/stop-error.ts'

/** What decides over the attempts of one logical call. */
export interface RetryRule {
  readonly settings: RetrySettings
  readonly backoff: Backoff
  readonly retryAfter: RetryAfter
  readonly isRetryable: (error: unknown) => boolean
  readonly signal: AbortSignal
  /** When the time of the task or step is up, by `performance.now()`; default never. */
  readonly endsAtMs?: number
  /** The store that retries are taken from, as they are sent; absent: as many as the settings say. */
  readonly budget?: RetryBudget | null
}

/** A retry was due, and meanwhile others had used the budget up; nothing was sent. */
export class BudgetSpentError extends Error {
  static {
    this.prototype.name = 'BudgetSpentError'
  }
}

/**
 * Attempts one logical call until it succeeds, its error is final or the attempts are used up.
 *
 * Every logical call starts at the base delay again, so that one bad minute does not slow the rest of a task. A wait
 * that would not end in time is not begun: whatever comes next, e.g. a fallback, can use the time.
 *
 * @param attemptOnce makes the attempt of the given number, from 1
 * @throws the error of the last attempt, or what interrupted it
 */
export async function withRetry<Result>(
  rule: RetryRule,
  attemptOnce: (attempt: number) => Promise<Result>,
): Promise<Result> {
  let lastError: unknown
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(attempt)
    } catch (error) {
      if (error instanceof BudgetSpentError) throw lastError
      lastError = error
    }
    const waitMs = waitBeforeNext(lastError, attempt, rule)
    if (waitMs === null) throw lastError
    await sleep(waitMs, rule.signal)
  }
}

/** Null where there is no next attempt. */
function waitBeforeNext(error: unknown, attempt: number, rule: RetryRule): number | null {
  const { settings, budget, signal, endsAtMs = Infinity } = rule
  if (error instanceof StopError || signal.aborted || attempt >= settings.maxAttempts) return null
  if (!rule.isRetryable(error) || budget?.allowsRetry === false) return null
  const waitMs = waitAfter(error, attempt, rule)
  return waitMs !== null && performance.now() + waitMs >= endsAtMs ? null : waitMs
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
