import { describe, expect, it } from 'vitest'
import { lastError } from '../../../src/properties/retry/last-error.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

/** Two attempts, answered 429 and 503; then the task tells of an error. */
function told(
  error: { status?: number | null; code?: string | null; attempts?: number; upstream?: string },
  refused = 0,
) {
  const trace = new TraceBuilder().begun(0)
  const first = trace.model()
  const second = trace.answer(first, 429, { code: 'slow_down' }).model({}, { retryOf: first })
  trace.after(100).answer(second, 503, { code: 'overloaded' })
  const claimed = { upstream: 'openai', status: 503, code: 'overloaded', attempts: 2, ...error }
  const refusals = Array.from({ length: refused }, () => ({ upstream: 'openai', by: 'breaker' as const, atMs: 0 }))
  return sentenceOf(
    verdictOf(lastError, trace.concluded({ stop: 'llm_api_error', claims: { error: claimed, refusals } })),
  )
}

describe('R15 the last error', () => {
  it('holds for the status, the code and the attempts of the last attempt; the code may be left out', () => {
    expect(told({})).toBe('holds')
    expect(told({ code: null })).toBe('holds')
  })

  it('is violated by the error of an earlier attempt, another count and another upstream', () => {
    expect(told({ status: 429, code: null })).toBe(
      'task "refund-0" reported at 0.100 s that "openai" failed with status 429 after 2 attempts, but attempt 2, the last one, was answered 503 ("overloaded") at 0.100 s',
    )
    expect(told({ code: 'slow_down' })).toContain('status 503 ("slow_down") after 2 attempts')
    expect(told({ attempts: 1 })).toContain('after 1 attempt, but')
    expect(told({ attempts: 3 })).toContain('after 3 attempts')
    expect(told({ upstream: 'backup' })).toContain('but no call to it had failed in the task')
    expect(told({ status: null })).toContain('failed with no status')
  })

  it('does not ask for the error of a call for a declared summary', () => {
    const summaries = { instructions: 'You sum conversations up.' }
    const trace = new TraceBuilder().begun(0)
    trace.answer(trace.model({}, { body: JSON.stringify(summaries) }), 429, { code: 'slow_down' })
    const error = { upstream: 'openai', status: null, code: null, attempts: 0 }
    trace.concluded({ stop: 'error', claims: { error, refusals: [] } })
    expect(sentenceOf(verdictOf(lastError, trace))).toContain('was answered 429')
    expect(sentenceOf(verdictOf(lastError, trace, { summaries }))).toBe('holds')
  })

  it('lets an agent count the attempts that it refused itself', () => {
    expect(told({ attempts: 3 }, 1)).toBe('holds')
    expect(told({ attempts: 4 }, 1)).toContain('after 4 attempts')
    expect(told({ upstream: 'backup', attempts: 0, status: null })).toBe('holds')
  })

  it('admits no status for an answer that broke off, and is vacuous where no error is claimed', () => {
    const trace = new TraceBuilder().begun(0)
    const call = trace.model()
    trace.head(call, 200).brokeOff(call, 'Hel')
    const error = { upstream: 'openai', status: null, code: null, attempts: 1 }
    expect(sentenceOf(verdictOf(lastError, trace.concluded({ claims: { error } })))).toBe('holds')
    expect(sentenceOf(verdictOf(lastError, new TraceBuilder().begun(0).concluded()))).toBe('vacuous')
  })
})
