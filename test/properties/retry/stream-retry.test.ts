import { describe, expect, it } from 'vitest'
import { streamRetry } from '../../../src/properties/retry/stream-retry.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 3 } }

/** A stream that broke after "Your order", then came whole; the task ends with this answer. */
function answered(answer: string): string {
  const trace = new TraceBuilder().begun(0)
  const cut = trace.model({ stream: true })
  const again = trace.brokeOff(cut, 'Your order').after(500).model({ stream: true }, { retryOf: cut })
  return sentenceOf(
    verdictOf(streamRetry, trace.says(again, 'Your order is on its way.').concluded({ answer }), profile),
  )
}

describe('R14 retry of a stream', () => {
  it('holds where the later attempt replaces the earlier, or the cut is marked', () => {
    expect(answered('Your order is on its way.')).toBe('holds')
    expect(answered('Your order [cut] Your order is on its way.')).toBe('holds')
  })

  it('is violated where it is appended, with or without a space', () => {
    expect(answered('Your orderYour order is on its way.')).toBe(
      'the answer of task "refund-0" at 0.500 s holds "Your order", which attempt 1 had brought before it was cut, with the text of attempt 2 appended',
    )
    expect(answered('Hello! Your order Your order is on its way.')).toContain('with the text of attempt 2 appended')
  })

  it('looks behind an attempt that brought nothing, and takes half for an end as well', () => {
    const trace = new TraceBuilder().begun(0)
    const cut = trace.model()
    const none = trace.brokeOff(cut, 'One').model({}, { retryOf: cut })
    const half = trace.answer(none, 503).model({}, { retryOf: none })
    expect(
      sentenceOf(verdictOf(streamRetry, trace.brokeOff(half, 'Two').concluded({ answer: 'OneTwo' }), profile)),
    ).toContain('which attempt 1 had brought')
  })

  it('is vacuous where nothing had come, or nothing came again', () => {
    const trace = new TraceBuilder().begun(0)
    const cut = trace.model()
    trace.failed(cut).says(trace.model({}, { retryOf: cut }), 'Hello')
    trace.brokeOff(trace.model(), 'Hello')
    expect(sentenceOf(verdictOf(streamRetry, trace.concluded({ answer: 'HelloHello' }), profile))).toBe('vacuous')
  })
})
