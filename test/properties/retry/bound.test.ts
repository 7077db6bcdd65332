import { describe, expect, it } from 'vitest'
import { retryBound } from '../../../src/properties/retry/bound.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 2 } }

/** So many attempts of one tool call, each answered 503. */
function attempts(count: number, trace = new TraceBuilder().started()): TraceBuilder {
  let last: number | undefined
  for (let attempt = 1; attempt <= count; attempt++) {
    last = trace.tool('lookup', {}, last === undefined ? {} : { retryOf: last })
    trace.answer(last, 503).after(100)
  }
  return trace
}

describe('R1 bound', () => {
  it('holds up to the declared number of attempts', () => {
    expect(verdictOf(retryBound, attempts(2), profile)).toEqual({ verdict: 'holds', triggers: 2 })
  })

  it('is violated by one more', () => {
    expect(verdictOf(retryBound, attempts(3), profile)).toMatchObject({
      verdict: 'violated',
      witness: {
        sentence:
          'attempt 3 of the call of tool "lookup" (call 2) began at 0.200 s, but the agent declares at most 2, so it must not try again',
        calls: [1, 2],
      },
    })
  })

  it('counts anew where the model asks for the same call again', () => {
    const trace = attempts(2)
    const again = toolCall('c', 'lookup')
    trace.reply(trace.model(), [again])
    const third = trace.tool('lookup', {}, { retryOf: 1 })
    trace.answer(third, 503)
    expect(sentenceOf(verdictOf(retryBound, trace, profile))).toBe('holds')
    trace.tool('lookup', {}, { retryOf: trace.tool('lookup', {}, { retryOf: third }) })
    expect(sentenceOf(verdictOf(retryBound, trace, profile))).toContain('attempt 3 of')
  })

  it('takes no call for a retry where one reply asked twice for the same', () => {
    const trace = new TraceBuilder().started()
    trace.reply(trace.model(), [toolCall('c', 'lookup'), toolCall('d', 'lookup')])
    let last = trace.tool('lookup')
    for (let more = 0; more < 3; more++) last = trace.answer(last, 503).tool('lookup', {}, { retryOf: last })
    expect(sentenceOf(verdictOf(retryBound, trace, profile))).toBe('holds')
  })

  it('is vacuous where every call succeeds, and not applicable where no retry is declared', () => {
    const trace = new TraceBuilder().started()
    trace.answer(trace.tool('lookup'), 200)
    expect(sentenceOf(verdictOf(retryBound, trace, profile))).toBe('vacuous')
    expect(sentenceOf(verdictOf(retryBound, attempts(9)))).toBe('not applicable')
  })
})
