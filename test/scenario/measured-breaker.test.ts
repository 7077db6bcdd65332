import { describe, expect, it } from 'vitest'
import { profileSchema } from '../../src/contract/profile.ts'
import { mostOpensInADay } from '../../src/scenario/measured-breaker.ts'
import { TraceBuilder } from '../properties/_trace.ts'

const profile = profileSchema.parse({ breaker: { consecutiveFailures: 2, cooldownMs: 10_000 } })
const hourMs = 3_600_000

/** Two failures, which open the breaker. */
function opened(): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  trace.after(500)
  const first = trace.model()
  trace.after(500).answer(first, 500).after(500)
  const second = trace.model()
  return trace.after(500).answer(second, 500)
}

describe('how often breakers open in a day', () => {
  it('counts the failures that trip one, and a probe that fails', () => {
    expect(mostOpensInADay(opened().concluded().after(5_000).finished().events, profile)).toBe(1)
    const trace = opened().after(13_000)
    const probe = trace.model()
    trace.after(1_000).answer(probe, 500).concluded().after(4_000).finished()
    expect(mostOpensInADay(trace.events, profile)).toBe(2)
  })

  it('counts openings within 24 hours of each other alone', () => {
    const trace = opened().after(25 * hourMs)
    const probe = trace.model()
    trace.after(1_000).answer(probe, 500).concluded().after(4_000).finished()
    expect(mostOpensInADay(trace.events, profile)).toBe(1)
  })

  it('is nothing without failures, and not known where no breaker is declared', () => {
    const calm = new TraceBuilder().begun(0)
    calm.after(10).concluded().finished()
    expect(mostOpensInADay(calm.events, profile)).toBe(0)
    expect(mostOpensInADay(opened().concluded().finished().events, profileSchema.parse({}))).toBeNull()
  })
})
