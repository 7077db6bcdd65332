import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readRetryAfter } from '../../../src/agent/resilience/retry-after.ts'
import { CancelledError } from '../../../src/agent/errors/stop-error.ts'
import { ToolHttpError } from '../../../src/agent/errors/tool-http-error.ts'
import { withRetry } from '../../../src/agent/resilience/with-retry.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00.250Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const settings = {
  maxAttempts: 3,
  baseMs: 100,
  factor: 2,
  capMs: 1_000,
  retryAfterCapMs: 60_000,
  jitter: 'none' as const,
}

/** Starts a logical call whose attempts all fail with these headers, and counts them. */
function start(headers: Record<string, string>, backoffMs = 100, signal = new AbortController().signal) {
  const state = { attempts: 0, error: undefined as unknown }
  const rule = { settings, backoff: () => backoffMs, retryAfter: readRetryAfter, isRetryable: () => true, signal }
  const failing = () => {
    state.attempts++
    return Promise.reject(new ToolHttpError(503, new Headers(headers), ''))
  }
  void withRetry(rule, failing).catch((error: unknown) => (state.error = error))
  return state
}

describe('the wait between attempts', () => {
  it.each([
    ['the backoff without a hint', {}, 100],
    ['the hint where it is longer', { 'retry-after': '1.5' }, 1_500],
    ['the hint in milliseconds', { 'retry-after-ms': '1234.5' }, 1_235],
    ['the time until an HTTP date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:10 GMT' }, 9_750],
    ['the backoff where the hint is shorter', { 'retry-after-ms': '20' }, 100],
    ['the backoff for a hint of zero', { 'retry-after': '0' }, 100],
    ['a hint as long as the cap', { 'retry-after': '60' }, 60_000],
  ])('is %s', async (_case, headers, waitMs) => {
    const state = start(headers)
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(state.attempts).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(state.attempts).toBe(2)
  })

  it('is not begun for a hint over the cap', async () => {
    const state = start({ 'retry-after-ms': '60001' })
    await vi.advanceTimersByTimeAsync(0)
    expect(state).toMatchObject({ attempts: 1, error: { status: 503 } })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends at once and leaves no timer when the task is cancelled', async () => {
    const controller = new AbortController()
    const state = start({}, 100, controller.signal)
    await vi.advanceTimersByTimeAsync(50)
    controller.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(state.error).toBeInstanceOf(CancelledError)
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state.attempts).toBe(1)
  })
})
