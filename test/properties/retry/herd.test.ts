import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { herd } from '../../../src/properties/retry/herd.ts'
import { TraceBuilder, factsOf, verdictOf } from '../_trace.ts'

const backoff = { baseMs: 8_000, factor: 2, capMs: 8_000, jitter: 'full' as const }
const profile: ProfileInput = { retry: { maxAttempts: 3, backoff, herdMultiple: 3 } }

/** Calls that all fail before the world heals, and come back so many milliseconds after. */
function outage(waits: readonly number[]): TraceBuilder {
  const trace = new TraceBuilder()
  for (const task of waits.keys()) trace.begun(task)
  const calls = waits.map((_, task) => trace.model({}, { task }))
  for (const call of calls) trace.answer(call, 503)
  trace.healed()
  let now = 0
  for (const [task, wait] of [...waits.entries()].sort(([, a], [, b]) => a - b)) {
    trace.after(wait - now).model({}, { task, retryOf: calls[task] ?? 0 })
    now = wait
  }
  return trace.finished()
}
const spread = Array.from({ length: 24 }, (_, index) => index * 330)
const conclude = (beyond: number, within: number) =>
  herd.conclude?.({ ...(beyond && { beyond }), ...(within && { within }) }, factsOf(profile))

describe('R19 herds', () => {
  it('counts a trial as within the multiple where calls come back spread, and as beyond where they do not', () => {
    expect(verdictOf(herd, outage(spread), profile)).toMatchObject({ samples: { within: 1 } })
    expect(verdictOf(herd, outage(spread.map(() => 500)), profile)).toMatchObject({ samples: { beyond: 1 } })
    expect(verdictOf(herd, outage(spread.map((wait) => 7_000 + wait / 20)), profile)).toMatchObject({
      samples: { beyond: 1 },
    })
  })

  it('looks only at calls that waited as the world healed, and at five of them at least', () => {
    expect(verdictOf(herd, outage(spread.slice(0, 4)), profile).verdict).toBe('vacuous')
    const later = new TraceBuilder().healed().begun(0)
    const calls = spread.map(() => later.model())
    for (const call of calls) later.answer(call, 503).model({}, { retryOf: call })
    expect(verdictOf(herd, later.finished(), profile).verdict).toBe('vacuous')
  })

  it('is violated where too many trials are beyond, more than chance explains', () => {
    expect(conclude(10, 0)).toEqual({
      verdict: 'violated',
      sentence: 'in 10 of 10 trials the calls that waited came back closer together than declared',
    })
    expect(conclude(1, 0)?.verdict).toBe('holds')
    expect(conclude(3, 97)?.verdict).toBe('holds')
    expect(conclude(30, 170)?.verdict).toBe('violated')
    expect(conclude(0, 0)?.verdict).toBe('vacuous')
  })

  it('is not applicable where no multiple is declared', () => {
    expect(verdictOf(herd, outage(spread), { retry: { maxAttempts: 3, backoff } }).verdict).toBe('not applicable')
  })
})
