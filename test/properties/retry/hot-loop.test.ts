import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { hotLoop } from '../../../src/properties/retry/hot-loop.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const silent: ProfileInput = { retry: { maxAttempts: 9 } }
const declared = (jitter: 'none' | 'full'): ProfileInput => ({
  retry: { maxAttempts: 9, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter } },
})

/** So many attempts, each refused at once, with these waits after them. */
function refused(waits: readonly number[], headers = {}): TraceBuilder {
  const trace = new TraceBuilder().started()
  let last = trace.model()
  for (const wait of waits) last = trace.answer(last, 503, { headers }).after(wait).model({}, { retryOf: last })
  return trace
}
const judge = (profile: ProfileInput, trace: TraceBuilder) => sentenceOf(verdictOf(hotLoop, trace, profile))

describe('R17 hot loops', () => {
  it('holds where attempts wait, and for one at once where no wait is declared', () => {
    expect(verdictOf(hotLoop, refused([500, 1_000]), declared('none'))).toEqual({ verdict: 'holds', triggers: 2 })
    expect(judge(silent, refused([0, 100, 0, 100]))).toBe('holds')
    expect(judge(declared('full'), refused([0, 7]))).toBe('holds')
    expect(judge(declared('none'), refused([0], { 'retry-after': '0' }))).toBe('holds')
  })

  it('is violated by no wait where one is declared, and by three attempts at one moment', () => {
    expect(judge(declared('none'), refused([500, 0]))).toBe(
      'attempt 3 of the model call to "openai" (call 2) began at 0.500 s, at the moment at which attempt 2 (call 1) had ended, but the agent declares to wait',
    )
    expect(judge(silent, refused([0, 0]))).toBe(
      'attempt 3 of the model call to "openai" (call 2) began at 0.000 s, as number 3 of one moment, but at most 2 may begin at once',
    )
    expect(judge(declared('full'), refused([0, 0]))).toContain('as number 3 of one moment')
    expect(judge(declared('none'), refused([0, 0], { 'retry-after': '0' }))).toContain('as number 3')
  })
})
