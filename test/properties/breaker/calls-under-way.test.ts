import { describe, expect, it } from 'vitest'
import { factsOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

function judged(ms: number, minimumCalls: number, { trace }: BreakerTrace) {
  const failureRate = { threshold: 0.5, window: { ms }, minimumCalls }
  return violations(judgedBreaker(trace.events, factsOf({ breaker: { failureRate, cooldownMs: 1_000 } })))
}

describe('a rate over the calls that began', () => {
  it('may leave out those that began before the breaker closed, and count those since', () => {
    const trace = new BreakerTrace()
    const stragglers = [trace.open(), trace.open()]
    trace.calls(500, 500, 500, 500).wait(1_000).calls(200)
    const own = trace.open()
    // The probe, the one under way and two failures: 4 began, 2 of them failed. With the stragglers it is 2 of 6.
    trace.calls(500, 500).refuses().answer(own, 200)
    for (const straggler of stragglers) trace.answer(straggler, 200)
    expect(judged(10_000, 4, trace)).toEqual({})
  })

  it('may not be fewer than those that ended', () => {
    const trace = new BreakerTrace()
    const own = [trace.open(), trace.open()]
    trace.calls(500, 200).refuses()
    for (const call of own) trace.answer(call, 200)
    // 1 failure of 2, 3 or 4 calls, where 5 are wanted.
    expect(judged(10_000, 5, trace)).toEqual({ B2: expect.stringContaining('nothing had opened its breaker') })
  })
})
