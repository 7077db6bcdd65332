import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { factsOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

const declared: ProfileInput = {
  breaker: { consecutiveFailures: 2, cooldownMs: 1_000 },
  fallback: { chain: [{ source: 'primary', upstream: 'openai' }, { source: 'text' }] },
}
const summaries = { instructions: 'You sum conversations up.' }

/** A task that is refused so often at one moment, while the breaker is open. */
function refusedTimes(times: number): BreakerTrace {
  const refusal = { retryAfterMs: 600 }
  return new BreakerTrace().calls(500, 500).wait(400).refuses(Array<typeof refusal>(times).fill(refusal))
}

describe('a task whose summary is refused as well', () => {
  const judged = (times: number, profile: ProfileInput) =>
    Object.keys(violations(judgedBreaker(refusedTimes(times).trace.events, factsOf(profile))))

  it('has its own refusal, and that of the summary', () => {
    expect(judged(2, declared)).toEqual(['B24'])
    expect(judged(2, { ...declared, summaries })).toEqual([])
    expect(judged(3, { ...declared, summaries })).toEqual(['B24'])
  })
})
