import { describe, expect, it } from 'vitest'
import { retryClass } from '../../../src/properties/retry/retry-class.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 3 } }

/** A model call that ends in some way, and a second attempt of it. */
function retriedAfter(ending: (trace: TraceBuilder, call: number) => void): TraceBuilder {
  const trace = new TraceBuilder().started()
  const first = trace.model()
  ending(trace.after(250), first)
  trace.after(1_000).model({}, { retryOf: first })
  return trace
}
const judge = (ending: (trace: TraceBuilder, call: number) => void) =>
  sentenceOf(verdictOf(retryClass, retriedAfter(ending), profile))

describe('R3 class', () => {
  it('holds where the one call that must not be repeated is not', () => {
    const trace = new TraceBuilder().started()
    trace.answer(trace.model(), 400)
    expect(verdictOf(retryClass, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a retry after a status that refuses the request', () => {
    for (const status of [400, 401, 402, 403, 404, 413, 422]) {
      expect(judge((trace, call) => trace.answer(call, status, { code: 'bad' }))).toBe(
        `attempt 2 of the model call to "openai" (call 1) began at 1.250 s, but attempt 1 (call 0) was answered ${status} ("bad") at 0.250 s, and status ${status} refuses the request itself, so it must not try again`,
      )
    }
  })

  it('takes what is asked again after a reply of a model for a new round', () => {
    const trace = new TraceBuilder().started()
    const first = trace.model()
    trace.answer(first, 400).reply(trace.model({}, { body: '{"other":1}' }))
    trace.after(1_000).model({}, { retryOf: first })
    expect(sentenceOf(verdictOf(retryClass, trace, profile))).toBe('holds')
  })

  it('is violated by a retry after a 429 for quota or billing', () => {
    for (const code of ['insufficient_quota', 'credit_balance_exhausted', 'organization_spend_limit_exceeded']) {
      expect(judge((trace, call) => trace.answer(call, 429, { code }))).toContain('no waiting restores a quota')
    }
  })

  it("is violated by a retry after Bedrock's limit of a day, which its words alone tell from that of a minute", () => {
    const throttled = (message: string) =>
      judge((trace, call) =>
        trace.answer(call, 429, { code: 'ThrottlingException', body: JSON.stringify({ message }) }),
      )
    expect(throttled('Too many tokens per day, please wait before trying again.')).toContain(
      'no waiting restores the tokens of the day',
    )
    expect(throttled('Too many tokens, please wait before trying again.')).toBe('vacuous')
    expect(throttled('Too many requests, please wait before trying again.')).toBe('vacuous')
  })

  it('is violated by a retry of a body that overflowed the context', () => {
    expect(judge((trace, call) => trace.answer(call, 400, { code: 'context_length_exceeded' }))).toContain(
      'answered 400',
    )
  })

  it('is violated by a retry after an error in a stream that refuses the request or is about money', () => {
    for (const code of ['context_length_exceeded', 'invalid_prompt']) {
      expect(judge((trace, call) => trace.answer(call, 200, { code }))).toContain(
        `"${code}" refuses the request itself`,
      )
    }
    const code = 'insufficient_quota'
    expect(judge((trace, call) => trace.answer(call, 200, { code }))).toContain('no waiting restores a quota')
    expect(judge((trace, call) => trace.answer(call, 200, { code: 'server_error' }))).toBe('vacuous')
  })

  it('is violated by a retry that the server forbade', () => {
    const headers = { 'x-should-retry': 'false' }
    expect(judge((trace, call) => trace.answer(call, 503, { headers }))).toContain('said "x-should-retry: false"')
  })

  it('judges by the head where the caller dropped the body', () => {
    expect(judge((trace, call) => trace.head(call, 403).aborted(call))).toContain(
      'attempt 1 (call 0) was answered 403 and was given up at 0.250 s',
    )
  })

  it('is vacuous where the retries follow what another attempt may mend', () => {
    for (const status of [408, 409, 429, 500, 503, 529]) {
      expect(judge((trace, call) => trace.answer(call, status, { code: 'rate_limit_exceeded' }))).toBe('vacuous')
    }
    expect(judge((trace, call) => trace.failed(call))).toBe('vacuous')
    expect(judge((trace, call) => trace.aborted(call))).toBe('vacuous')
    expect(judge((trace, call) => trace.head(call, 200).failed(call))).toBe('vacuous')
    const headers = { 'x-should-retry': 'true' }
    expect(judge((trace, call) => trace.answer(call, 400, { headers }))).toBe('vacuous')
  })

  it('is not applicable where no retry is declared', () => {
    expect(
      sentenceOf(
        verdictOf(
          retryClass,
          retriedAfter((trace, call) => trace.answer(call, 400)),
        ),
      ),
    ).toBe('not applicable')
  })
})
