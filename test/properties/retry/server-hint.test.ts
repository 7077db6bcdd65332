import { describe, expect, it } from 'vitest'
import { serverHint } from '../../../src/properties/retry/server-hint.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 2 } }

function attempts(count: number, hint: string): TraceBuilder {
  const trace = new TraceBuilder().started()
  let last = trace.model()
  for (let more = 1; more < count; more++) {
    trace.answer(last, 503, { headers: { 'x-should-retry': hint } }).after(500)
    last = trace.model({}, { retryOf: last })
  }
  return trace.answer(last, 503, { headers: { 'x-should-retry': hint } })
}
const judge = (count: number, hint: string) => sentenceOf(verdictOf(serverHint, attempts(count, hint), profile))

describe('R13 the hint of the server', () => {
  it('holds where "false" is obeyed and "true" is followed within the bound', () => {
    expect(judge(1, 'false')).toBe('holds')
    expect(judge(2, 'true')).toBe('holds')
  })

  it('is violated by an attempt after "false", and by "true" taken for more attempts than declared', () => {
    expect(judge(2, 'False ')).toBe(
      'attempt 2 of the model call to "openai" (call 1) began at 0.500 s, but attempt 1 (call 0) was answered 503 at 0.000 s with "x-should-retry: false", so it must not try again',
    )
    expect(judge(3, 'true')).toContain('which is no leave for more than the declared 2 attempts')
  })

  it('is vacuous without such a header', () => {
    expect(judge(2, 'maybe')).toBe('vacuous')
  })
})
