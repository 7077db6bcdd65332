import { describe, expect, it } from 'vitest'
import { freshState } from '../../../src/properties/retry/fresh-state.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = {
  retry: { maxAttempts: 4, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'none' as const } },
}

/** One call with three attempts, then another whose second attempt begins after this wait. */
function second(wait: number, headers = {}): TraceBuilder {
  const trace = new TraceBuilder().started()
  let last = trace.model()
  for (const gap of [500, 1_000]) last = trace.answer(last, 503).after(gap).model({}, { retryOf: last })
  trace.answer(last, 503)
  const next = trace.tool('lookup')
  trace.answer(next, 503, { headers }).after(wait).tool('lookup', {}, { retryOf: next })
  return trace
}

describe('R18 fresh state', () => {
  it('holds where a new call waits at most the base delay', () => {
    expect(verdictOf(freshState, second(501), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated where the delay of the call before goes on', () => {
    expect(sentenceOf(verdictOf(freshState, second(2_000), profile))).toBe(
      'the call of tool "lookup" was attempted again at 3.500 s, 2.000 s after its first attempt had ended, but a new call waits at most 0.500 s; call 2 had been attempt 3 of another',
    )
  })

  it('leaves alone hinted waits, guarded upstreams and calls that no long one came before', () => {
    expect(sentenceOf(verdictOf(freshState, second(2_000, { 'retry-after': '2' }), profile))).toBe('vacuous')
    const guarded = { ...profile, bulkheads: [{ guards: [{ kind: 'tool' as const }], maxConcurrent: 1 }] }
    expect(sentenceOf(verdictOf(freshState, second(2_000), guarded))).toBe('vacuous')
    const first = new TraceBuilder().started()
    const call = first.model()
    first.answer(call, 503).after(9_000).model({}, { retryOf: call })
    expect(sentenceOf(verdictOf(freshState, first, profile))).toBe('vacuous')
    const constant = { retry: { ...profile.retry, backoff: { ...profile.retry.backoff, factor: 1 } } }
    expect(sentenceOf(verdictOf(freshState, second(2_000), constant))).toBe('not applicable')
  })
})
