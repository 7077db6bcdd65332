import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { factsOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

const breaker = { consecutiveFailures: 2, cooldownMs: 1_000 }
const probeLimit: ProfileInput = { breaker: { ...breaker, probeTimeoutMs: 300 } }
const attemptLimit: ProfileInput = { breaker, timeouts: { modelMs: 300 } }

/** A breaker opened by two failures, and a probe that the agent gives up by itself after this time. */
function givenUpAfter(virtualMs: number): BreakerTrace {
  const trace = new BreakerTrace().calls(500, 500).wait(1_000)
  const { task, call } = trace.open()
  trace
    .wait(virtualMs)
    .trace.aborted(call)
    .concluded({ stop: 'llm_api_error', claims: { refusals: [] } }, task)
  return trace
}

function judged({ trace }: BreakerTrace, profile: ProfileInput) {
  return judgedBreaker(trace.events, factsOf(profile))
}

describe.each([
  ['its own limit', probeLimit],
  ['the limit of one attempt, having none of its own', attemptLimit],
])('a probe held to %s', (_name, profile) => {
  const onHanging = (trace: BreakerTrace) => judged(trace, profile).get('B13')?.verdict

  it('has not hung when it is given up a millisecond before its time is over', () => {
    expect(onHanging(givenUpAfter(299).wait(1_000).calls(200))).toBe('vacuous')
  })

  it('has hung when it is given up as its time is over, or later', () => {
    expect(onHanging(givenUpAfter(300).wait(1_000).calls(200))).toBe('holds')
    expect(onHanging(givenUpAfter(301).wait(1_000).calls(200))).toBe('holds')
  })

  it('has not hung when it succeeds at the very end of its time', () => {
    const trace = new BreakerTrace().calls(500, 500).wait(1_000).takes(300, 200).calls(200)
    expect(violations(judged(trace, profile))).toEqual({})
    expect(onHanging(trace)).toBe('vacuous')
  })

  it('that leaves the breaker locked for ever is at fault for it only where it has hung', () => {
    const locked = (virtualMs: number) => violations(judged(givenUpAfter(virtualMs).wait(1_001).refuses(), profile))
    const because = expect.stringContaining('it would be explained if a probe that never ended kept its permit')
    expect(locked(299)).toEqual({ B15: expect.stringContaining('half-open with 0 of 1 probes under way') })
    expect(locked(300)).toEqual({ B13: because })
    expect(locked(301)).toEqual({ B13: because })
  })
})
