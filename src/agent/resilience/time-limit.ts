import { interruptionOf } from '../errors/interruption.ts'

/** The time that a task or a step has. */
export interface TimeLimit {
  /** Whole milliseconds; absent: no limit of its own. */
  readonly limitMs: number | undefined
  /** What is raised when the time is up. */
  readonly overdue: (limitMs: number) => Error
}

/** What runs within a limit, and until when it may, by `performance.now()`. */
export interface Span {
  readonly signal: AbortSignal
  readonly endsAtMs: number
}

/**
 * Runs something with a signal that is aborted when its time is up, or when the one around it is.
 *
 * Spans nest: none ends later than the one around it. Timer and listener are gone once the returned promise settles.
 */
export async function withinLimit<Result>(
  { limitMs, overdue }: TimeLimit,
  around: Span,
  body: (span: Span) => Promise<Result>,
): Promise<Result> {
  if (limitMs === undefined || around.signal.aborted) return body(around)
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(interruptionOf(around.signal))
  const timer = setTimeout(() => controller.abort(overdue(limitMs)), limitMs)
  around.signal.addEventListener('abort', onAbort, { once: true })
  try {
    const endsAtMs = Math.min(around.endsAtMs, performance.now() + limitMs)
    return await body({ signal: controller.signal, endsAtMs })
  } finally {
    clearTimeout(timer)
    around.signal.removeEventListener('abort', onAbort)
  }
}
