import { describe, expect, it } from 'vitest'
import type { RecordedHeaders } from '../../../src/contract/event.ts'
import type { Backoff } from '../../../src/contract/profile.ts'
import { backoffBounds } from '../../../src/properties/retry/backoff-bounds.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

/** Attempts of one model call with these gaps between the end of one and the start of the next. */
function attemptsWithGaps(gaps: readonly number[], headers: RecordedHeaders = {}): TraceBuilder {
  const trace = new TraceBuilder().started()
  let last = trace.model()
  for (const gap of gaps) last = trace.after(300).answer(last, 500, { headers }).after(gap).model({}, { retryOf: last })
  return trace
}
const declared = (jitter: Backoff['jitter'], capMs = 8_000) => ({
  retry: { maxAttempts: 9, backoff: { baseMs: 500, factor: 2, capMs, jitter } },
})
const judge = (gaps: readonly number[], jitter: Backoff['jitter'], headers?: RecordedHeaders) =>
  sentenceOf(verdictOf(backoffBounds, attemptsWithGaps(gaps, headers), declared(jitter)))

describe('R5 backoff bounds', () => {
  it('holds at both ends of each declared law, up to the cap', () => {
    expect(verdictOf(backoffBounds, attemptsWithGaps([500, 1_000, 2_000]), declared('none'))).toEqual({
      verdict: 'holds',
      triggers: 3,
    })
    expect(judge([0, 0, 2_000], 'full')).toBe('holds')
    expect(judge([250, 1_000, 1_000], 'equal')).toBe('holds')
    expect(judge([375, 750, 1_500, 4_000, 6_000, 6_000, 8_000], 'sdk')).toBe('holds')
  })

  it('does not speak of statements on a file, which wait for its lock', () => {
    const trace = new TraceBuilder().started()
    const first = trace.statement()
    trace.failed(first, 'SQLITE_BUSY').after(5).statement({ retryOf: first })
    expect(sentenceOf(verdictOf(backoffBounds, trace, declared('none')))).not.toContain('attempt 2')
  })

  it('is violated by a gap below or above the law, beyond the rounding of a millisecond', () => {
    expect(judge([499, 1_001], 'none')).toBe('holds')
    expect(judge([498], 'none')).toBe(
      'attempt 2 of the model call to "openai" (call 1) began at 0.798 s, 0.498 s after attempt 1 (call 0) had ended, but the declared backoff is between 0.500 s and 0.500 s',
    )
    expect(judge([500, 1_002], 'none')).toContain('attempt 3')
    expect(judge([502], 'full')).toContain('between 0.000 s and 0.500 s')
    expect(judge([248], 'equal')).toContain('between 0.250 s and 0.500 s')
    expect(judge([373], 'sdk')).toContain('between 0.375 s and 0.500 s')
  })

  it('stays finite however often a call is attempted', () => {
    const many = attemptsWithGaps([...[500, 1_000, 2_000, 4_000], ...Array<number>(1_500).fill(8_000)])
    expect(verdictOf(backoffBounds, many, declared('none')).verdict).toBe('holds')
  })

  it('judges a gap after a hint that demands nothing, and none after one that a reader may obey', () => {
    expect(judge([7_000], 'none', { 'retry-after': 'soon' })).toContain('7.000 s after attempt 1')
    expect(judge([7_000], 'none', { 'retry-after': '-1' })).toContain('7.000 s after attempt 1')
    expect(judge([7_000], 'none', { 'retry-after': '7' })).toBe('vacuous')
    expect(judge([7_000], 'none', { 'retry-after': '7 seconds' })).toBe('vacuous')
    expect(judge([7_000], 'none', { 'retry-after': 'Thursday, 01-Jan-26 00:00:07 GMT' })).toBe('vacuous')
  })

  it('is not applicable where no backoff is declared', () => {
    const verdict = verdictOf(backoffBounds, attemptsWithGaps([1]), { retry: { maxAttempts: 3 } })
    expect(sentenceOf(verdict)).toBe('not applicable')
  })
})
