import { describe, expect, it } from 'vitest'
import { factsOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

const rate = (calls: number, minimumCalls: number) => ({ threshold: 0.5, window: { calls }, minimumCalls })

/** A breaker with a rate alone, which does not say whether 429 counts. */
function judged(calls: number, minimumCalls: number, { trace }: BreakerTrace) {
  const breaker = { failureRate: rate(calls, minimumCalls), cooldownMs: 1_000 }
  return violations(judgedBreaker(trace.events, factsOf({ breaker })))
}

/** Opened by its first failure, and closed by a probe, which may be the first call of its window. */
const closedAgain = (): BreakerTrace => new BreakerTrace().calls(500).wait(1_000).calls(200)

describe('a rate over calls of which it is not declared whether they count', () => {
  it('may count one of them and leave out another', () => {
    // With both 2 failures of 4, with neither 1 of 2; with the probe and without the 429 only 1 of 3.
    expect(judged(7, 1, closedAgain().calls(429, 200, 500, 200))).toEqual({})
  })

  it('may count only one of the probes that closed it', () => {
    // With both 1 failure of 3, with neither too few calls to speak of; with one of them 1 of 2.
    const breaker = { failureRate: rate(7, 2), cooldownMs: 1_000, probesToClose: 2 }
    const { trace } = new BreakerTrace().calls(500, 500).wait(1_000).calls(200, 200, 500).refuses()
    expect(violations(judgedBreaker(trace.events, factsOf({ breaker })))).toEqual({})
  })

  it('has to open where none of its choices keeps it closed', () => {
    expect(judged(7, 1, closedAgain().calls(429, 200, 500, 500, 200))).toEqual({
      B1: expect.stringContaining('so no call may begin before'),
    })
  })

  it('may not open where none of its choices opens it', () => {
    expect(judged(7, 4, new BreakerTrace().calls(429, 200, 200, 500).refuses())).toEqual({})
    expect(judged(7, 4, new BreakerTrace().calls(429, 200, 200, 200, 500).refuses())).toEqual({
      B2: expect.stringContaining('nothing had opened its breaker'),
    })
  })

  it('reaches back over those that it leaves out, however many', () => {
    const throttled = Array.from({ length: 9 }, () => 429)
    const trace = (): BreakerTrace => new BreakerTrace().calls(200, 200, ...throttled, 500)
    expect(judged(3, 1, trace().calls(200))).toEqual({})
    expect(judged(3, 1, trace().refuses())).toEqual({})
  })
})
