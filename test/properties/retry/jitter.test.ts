import { describe, expect, it } from 'vitest'
import type { Backoff, ProfileInput } from '../../../src/contract/profile.ts'
import type { Samples } from '../../../src/contract/property.ts'
import { jitter } from '../../../src/properties/retry/jitter.ts'
import { TraceBuilder, factsOf, verdictOf } from '../_trace.ts'

const law = (jitter: Backoff['jitter'], capMs = 8_000): Backoff => ({ baseMs: 500, factor: 2, capMs, jitter })
const profileOf = (backoff: Backoff, more: ProfileInput = {}): ProfileInput => ({
  retry: { maxAttempts: 9, backoff },
  ...more,
})
const lowest = { none: 1, full: 0, equal: 0.5, sdk: 0.75 }

/** A wait after attempt k, by a share of the range that the law leaves. */
type Draw = (share: number, backoff: Backoff, attempt: number) => number
const honest: Draw = (share, { baseMs, factor, capMs, jitter: kind }, attempt) => {
  const highest = Math.min(capMs, baseMs * factor ** (attempt - 1))
  return highest * (lowest[kind] + share * (1 - lowest[kind]))
}
const roundings = { down: Math.floor, nearest: Math.round, up: Math.ceil }

/** Random shares in (0, 1), the same in every run: mulberry32. */
function shares(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The samples of many trials of one call with three waits each. */
function samplesOf(backoff: Backoff, trials: number, wait: (attempt: number) => number): Samples {
  const total: Record<string, number> = {}
  for (let trial = 0; trial < trials; trial++) {
    const trace = new TraceBuilder().started()
    let last = trace.model()
    for (let attempt = 1; attempt <= 3; attempt++) {
      last = trace.after(40).answer(last, 503).after(wait(attempt)).model({}, { retryOf: last })
    }
    const verdict = verdictOf(jitter, trace.finished(), profileOf(backoff))
    const samples = verdict.verdict === 'holds' ? (verdict.samples ?? {}) : {}
    for (const [key, count] of Object.entries(samples)) total[key] = (total[key] ?? 0) + count
  }
  return total
}
const conclude = (backoff: Backoff, samples: Samples) => jitter.conclude?.(samples, factsOf(profileOf(backoff)))

describe('R6 jitter', () => {
  it.each(['full', 'equal', 'sdk'] as const)('is in keeping with %s jitter, however it is rounded', (kind) => {
    for (const [index, round] of Object.values(roundings).entries()) {
      const random = shares(index + 1)
      const samples = samplesOf(law(kind), 1_000, (attempt) => round(honest(random(), law(kind), attempt)))
      expect(conclude(law(kind), samples)).toMatchObject({
        verdict: 'holds',
        sentence: expect.stringContaining(`3000 waits are in keeping with the declared "${kind}" jitter`) as string,
      })
    }
  })

  it('rarely accuses: over 200 seeds, at most a few at α = 0.001', () => {
    const backoff = law('equal')
    const accused = Array.from({ length: 200 }, (_, seed) => {
      const random = shares(1_000 + seed)
      const samples = samplesOf(backoff, 40, (attempt) => Math.round(honest(random(), backoff, attempt)))
      return conclude(backoff, samples)?.verdict
    }).filter((verdict) => verdict !== 'holds')
    expect(accused.length).toBeLessThanOrEqual(2)
  })

  it('finds waits that do not vary, by their place alone where there are few', () => {
    const backoff = law('full')
    const constant = (attempt: number) => honest(1, backoff, attempt)
    expect(conclude(backoff, samplesOf(backoff, 2, constant))).toEqual({
      verdict: 'violated',
      sentence: 'all 6 waits had the same place in their range: there is no jitter',
    })
    expect(conclude(backoff, samplesOf(backoff, 100, constant))?.verdict).toBe('violated')
  })

  it('finds another law within the same range', () => {
    const backoff = law('full')
    const random = shares(5)
    const upperHalf = (attempt: number) => Math.round(honest(0.5 + random() / 2, backoff, attempt))
    const squared = (attempt: number) => Math.round(honest(random() ** 2, backoff, attempt))
    expect(conclude(backoff, samplesOf(backoff, 100, upperHalf))?.sentence).toMatch(/do not follow the declared "full"/)
    expect(conclude(backoff, samplesOf(backoff, 300, squared))?.verdict).toBe('violated')
  })

  it('demands one value where no jitter is declared', () => {
    const backoff = law('none')
    const constant = (attempt: number) => honest(1, backoff, attempt)
    expect(conclude(backoff, samplesOf(backoff, 9, constant))?.verdict).toBe('holds')
    let turn = 0
    const varying = (attempt: number) => honest(1, backoff, attempt) + (turn++ % 2)
    expect(conclude(backoff, samplesOf(backoff, 9, varying))?.sentence).toContain('vary, though no jitter is declared')
  })

  it('says nothing of few waits, and joins the ranges that the cap makes alike', () => {
    const backoff = law('equal', 1_000)
    const random = shares(9)
    const samples = samplesOf(backoff, 5, (attempt) => Math.round(honest(random(), backoff, attempt)))
    expect(new Set(Object.keys(samples).map((key) => key.split(' ')[0]))).toEqual(new Set(['1', '2']))
    expect(conclude(backoff, samples)).toMatchObject({ verdict: 'vacuous' })
    expect(conclude(backoff, {})?.verdict).toBe('vacuous')
  })

  it('leaves out hinted waits, those that a deadline may cut off, and those that a guard may have held back', () => {
    const waited = (more: ProfileInput, headers = {}, others = false) => {
      const trace = new TraceBuilder().started()
      const call = trace.model()
      trace.answer(call, 503, { headers })
      const other = others ? trace.model({}, { body: '{"other":1}' }) : null
      trace.after(200)
      if (other !== null) trace.answer(other, 503)
      trace.after(100).model({}, { retryOf: call })
      return verdictOf(jitter, trace.finished(), profileOf(law('full'), more)).verdict
    }
    const bulkheads = [{ guards: [{ kind: 'model' as const }], maxConcurrent: 9 }]
    expect(waited({})).toBe('holds')
    expect(waited({}, {}, true)).toBe('holds')
    expect(waited({ bulkheads })).toBe('holds')
    expect(waited({ bulkheads }, {}, true)).toBe('vacuous')
    expect(waited({}, { 'retry-after': '0.3' })).toBe('vacuous')
    expect(waited({ timeouts: { taskMs: 400 } })).toBe('vacuous')
  })
})
