import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMs } from '../../../src/contract/epoch.ts'
import type { RecordedHeaders } from '../../../src/contract/event.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { retryAfter } from '../../../src/properties/retry/retry-after.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile: ProfileInput = { retry: { maxAttempts: 3 } }

/** An answer 429 that ends at 0.800 s with these headers, and the next attempt so much later. */
function retried(headers: RecordedHeaders, gapMs: number): TraceBuilder {
  const trace = new TraceBuilder().started()
  const first = trace.model()
  trace.after(800).answer(first, 429, { headers }).after(gapMs).model({}, { retryOf: first })
  return trace
}
const judge = (headers: RecordedHeaders, gapMs: number, declared = profile) =>
  sentenceOf(verdictOf(retryAfter, retried(headers, gapMs), declared))

describe('R4 Retry-After', () => {
  it('holds for an attempt that waits as long as told', () => {
    expect(verdictOf(retryAfter, retried({ 'retry-after': '7' }, 7_000), profile)).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
  })

  it('is violated by an attempt that comes sooner', () => {
    expect(verdictOf(retryAfter, retried({ 'retry-after': '7' }, 450), profile)).toEqual({
      verdict: 'violated',
      triggers: 1,
      witness: {
        sentence:
          'attempt 2 of the model call to "openai" (call 1) began at 1.250 s, but attempt 1 (call 0) ended at 0.800 s with "retry-after: 7", so it must not try again before 7.800 s',
        at: 1_250,
        calls: [0, 1],
        spans: [{ from: 800, to: 7_800, words: 'no attempt allowed' }],
      },
    })
  })

  it('reads milliseconds first, where they are valid', () => {
    expect(judge({ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500)).toBe('holds')
    expect(judge({ 'retry-after-ms': '1500', 'retry-after': '1' }, 1_499)).toContain('"retry-after-ms: 1500"')
    expect(judge({ 'retry-after-ms': 'soon', 'retry-after': '1' }, 999)).toContain('"retry-after: 1"')
  })

  it('counts whole milliseconds, without the noise of floating point', () => {
    expect(judge({ 'retry-after': '4.035' }, 4_035)).toBe('holds')
    expect(judge({ 'retry-after': '4.035' }, 4_034)).toContain('so it must not try again before 4.835 s')
    expect(judge({ 'retry-after-ms': '1500.9' }, 1_500)).toBe('holds')
    expect(judge({ 'retry-after-ms': '0.9' }, 0)).toBe('vacuous')
  })

  it('reads an HTTP date by the wall clock of the world', () => {
    const date = new Date(epochMs + 5_000).toUTCString()
    expect(judge({ 'retry-after': date }, 4_200)).toBe('holds')
    expect(judge({ 'retry-after': date }, 4_199)).toContain('so it must not try again before 5.000 s')
  })

  it('demands that the agent give up where the hint exceeds the declared cap', () => {
    const declared = { retry: { maxAttempts: 3, retryAfterCapMs: 60_000 } }
    expect(judge({ 'retry-after': '61' }, 61_000, declared)).toContain(
      'which is more than the 60.000 s that the agent declares to wait, so it must not try again',
    )
    expect(judge({ 'retry-after': '60' }, 60_000, declared)).toBe('holds')
    const givenUp = new TraceBuilder().started()
    givenUp.answer(givenUp.model(), 429, { headers: { 'retry-after': '61' } })
    expect(verdictOf(retryAfter, givenUp, declared)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('says of an attempt that comes too soon and must not come at all that it must not come at all', () => {
    const quota = new TraceBuilder().started()
    const first = quota.model()
    quota.answer(first, 429, { headers: { 'retry-after': '7' }, code: 'insufficient_quota' })
    quota.after(450).model({}, { retryOf: first })
    const last = { retry: { maxAttempts: 1 } }
    expect(sentenceOf(verdictOf(retryAfter, quota, profile))).toMatch(
      /"retry-after: 7", and no waiting restores a quota or a balance, so it must not try again$/,
    )
    expect(judge({ 'retry-after': '7' }, 450, last)).toMatch(
      /"retry-after: 7", and the agent declares at most 1 attempt, so it must not try again$/,
    )
    const { witness } = { witness: null, ...verdictOf(retryAfter, quota, profile) }
    expect(witness?.spans).toEqual([{ from: 0, to: null, words: 'no attempt allowed' }])
  })

  it('is vacuous without a hint that demands anything', () => {
    const past = new Date(epochMs - 1_000).toUTCString()
    for (const value of ['0', '-1', '', 'soon', '7 seconds', '1e3', 'Infinity', past, '2030']) {
      expect(judge({ 'retry-after': value }, value === '2030' ? 2_030_000 : 0)).toBe(
        value === '2030' ? 'holds' : 'vacuous',
      )
    }
    expect(judge({}, 0)).toBe('vacuous')
  })

  it('demands nothing after a success and is not applicable where no retry is declared', () => {
    const trace = new TraceBuilder().started()
    const first = trace.model()
    trace.answer(first, 200, { headers: { 'retry-after': '7' } }).model({}, { retryOf: first })
    expect(sentenceOf(verdictOf(retryAfter, trace, profile))).toBe('vacuous')
    expect(judge({ 'retry-after': '7' }, 0, {})).toBe('not applicable')
  })

  it('agrees with an oracle that knows the demand before it is written down', () => {
    const demand = fc.oneof(
      fc.nat(90_000).map((ms) => ({ headers: { 'retry-after-ms': String(ms) }, ms })),
      fc.nat(90).map((s) => ({ headers: { 'retry-after': String(s) }, ms: s * 1_000 })),
      fc.nat(9_000).map((cs) => ({
        headers: { 'retry-after': `${Math.floor(cs / 100)}.${String(cs % 100).padStart(2, '0')}` },
        ms: cs * 10,
      })),
      fc.nat(90).map((s) => ({
        headers: { 'retry-after': new Date(epochMs + s * 1_000).toUTCString() },
        ms: Math.max(0, s * 1_000 - 800),
      })),
      fc.integer({ min: -90, max: -1 }).map((s) => ({ headers: { 'retry-after': String(s) }, ms: 0 })),
      fc.stringMatching(/^[a-z ]{0,9}$/).map((text) => ({ headers: { 'retry-after': text }, ms: 0 })),
    )
    const property = fc.property(
      demand,
      fc.nat(100_000),
      fc.integer({ min: -2, max: 2 }),
      ({ headers, ms }, any, near) => {
        for (const gap of [any, Math.max(0, ms + near)]) {
          const expected = ms === 0 ? 'vacuous' : gap < ms ? 'violated' : 'holds'
          expect(verdictOf(retryAfter, retried(headers, gap), profile).verdict).toBe(expected)
        }
      },
    )
    fc.assert(property, { numRuns: 500 })
  })
})
