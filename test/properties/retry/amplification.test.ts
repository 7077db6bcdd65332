import { describe, expect, it } from 'vitest'
import { amplification } from '../../../src/properties/retry/amplification.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { retry: { maxAttempts: 2 } }

function modelCalls(...attemptsOfEach: readonly number[]): TraceBuilder {
  const trace = new TraceBuilder().started()
  for (const attempts of attemptsOfEach) {
    let last = trace.model()
    for (let more = 1; more < attempts; more++) last = trace.answer(last, 500).after(100).model({}, { retryOf: last })
  }
  return trace
}

describe('R2 amplification', () => {
  it('holds while the requests are at most the attempts times the logical calls', () => {
    expect(verdictOf(amplification, modelCalls(2, 2), profile)).toEqual({ verdict: 'holds', triggers: 2 })
    expect(sentenceOf(verdictOf(amplification, modelCalls(3, 1), profile))).toBe('holds')
  })

  it('is violated by more, of one upstream', () => {
    expect(verdictOf(amplification, modelCalls(3, 2), profile)).toMatchObject({
      verdict: 'violated',
      witness: {
        sentence: 'upstream "openai" received 5 requests for 2 logical calls, but 2 attempts for each allow at most 4',
        at: 300,
        calls: [4],
      },
    })
  })

  it('is vacuous where nothing fails, and not applicable where no retry is declared', () => {
    expect(sentenceOf(verdictOf(amplification, modelCalls(1), profile))).toBe('vacuous')
    expect(sentenceOf(verdictOf(amplification, modelCalls(5)))).toBe('not applicable')
  })
})
