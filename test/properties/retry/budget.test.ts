import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryBudget } from '../../../src/properties/retry/budget.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

type PlanOf<Some> = Some extends fc.Arbitrary<infer Plan> ? Plan : never

const profileOf = (capacity: number, perSuccess: number) => ({
  retry: { maxAttempts: 9, budget: { capacity, perSuccess } },
})

/** A call with so many retries; the last attempt succeeds or not. */
function call(trace: TraceBuilder, retries: number, succeeds = false): void {
  let last = trace.model()
  for (let retry = 0; retry < retries; retry++) last = trace.answer(last, 503).after(10).model({}, { retryOf: last })
  trace.answer(last, succeeds ? 200 : 503)
}

describe('R12 retry budget', () => {
  it('holds up to the capacity, and for what successes put back', () => {
    const trace = new TraceBuilder().begun(0)
    call(trace, 2)
    expect(verdictOf(retryBudget, trace, profileOf(2, 1))).toEqual({ verdict: 'holds', triggers: 2 })
    call(trace, 0, true)
    call(trace, 1)
    expect(sentenceOf(verdictOf(retryBudget, trace, profileOf(2, 1)))).toBe('holds')
  })

  it('is violated by one retry more, and by one that successes have not yet paid for', () => {
    const trace = new TraceBuilder().begun(0)
    call(trace, 3)
    expect(sentenceOf(verdictOf(retryBudget, trace, profileOf(2, 1)))).toBe(
      'attempt 4 of the model call to "openai" (call 3) began at 0.030 s, but the store of retries held at most 0.000 of its 2 by then',
    )
    const half = new TraceBuilder().begun(0)
    call(half, 1)
    call(half, 0, true)
    call(half, 1)
    expect(sentenceOf(verdictOf(retryBudget, half, profileOf(1, 0.5)))).toContain('at most 0.500 of its 1')
  })

  it('does not refill beyond the capacity', () => {
    const trace = new TraceBuilder().begun(0)
    for (let success = 0; success < 9; success++) call(trace, 0, true)
    call(trace, 3)
    expect(sentenceOf(verdictOf(retryBudget, trace, profileOf(2, 1)))).toContain('attempt 4')
  })

  it('never accuses an agent that pays, at once or when it retries, and finds one that does not', () => {
    const step = fc.record({ retries: fc.nat(3), succeeds: fc.boolean(), overlaps: fc.boolean() })
    const run = fc.record({
      capacity: fc.integer({ min: 1, max: 4 }),
      perSuccess: fc.constantFrom(0, 0.1, 0.5, 1, 3),
      paysEarly: fc.boolean(),
      steps: fc.array(step, { maxLength: 30 }),
    })
    const play = ({ capacity, perSuccess, paysEarly, steps }: PlanOf<typeof run>, pays: boolean) => {
      const trace = new TraceBuilder().begun(0)
      let [left, unpaid] = [capacity, 0]
      const succeed = () => (left = Math.min(capacity, left + perSuccess))
      for (const { retries, succeeds, overlaps } of steps) {
        let last = trace.model()
        for (let retry = 0; retry < retries; retry++) {
          trace.answer(last, 503)
          const may = left >= 1
          if (!may && pays) break
          if (paysEarly && may) left -= 1
          if (overlaps) {
            trace.answer(trace.tool('lookup'), 200)
            succeed()
          }
          if (!paysEarly && left >= 1) left -= 1
          if (!may) unpaid += 1
          last = trace.after(10).model({}, { retryOf: last })
        }
        trace.answer(last, succeeds ? 200 : 503)
        if (succeeds) succeed()
      }
      const { verdict } = verdictOf(retryBudget, trace, profileOf(capacity, perSuccess))
      return { verdict, unpaid }
    }
    fc.assert(
      fc.property(run, (plan) => {
        expect(play(plan, true).verdict).not.toBe('violated')
      }),
      { numRuns: 500 },
    )
    const spendthrifts = fc.sample(run, { numRuns: 300, seed: 3 }).map((plan) => play(plan, false))
    expect(spendthrifts.filter(({ verdict }) => verdict === 'violated').length).toBeGreaterThan(50)
  })
})
