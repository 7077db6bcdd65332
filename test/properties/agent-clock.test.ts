import { describe, expect, it } from 'vitest'
import { epochMs } from '../../src/contract/epoch.ts'
import { AgentClock } from '../../src/properties/agent-clock.ts'

/** What remains of these claims where the clock of the agent was set back by a second at 5 s. */
function corrected(claims: object) {
  const clock = new AgentClock()
  clock.set({ type: 'clock.jumped', at: 5_000, byMs: -1_000, offsetMs: -1_000 })
  const outcome = { answer: 'Done.', stop: 'end_turn', claims }
  return clock.corrected({ type: 'task.ended', at: 9_000, task: 0, id: 'a', outcome }).outcome.claims
}

const refusedAt = (ms: number) => ({ upstream: 'openai', by: 'breaker' as const, atMs: epochMs + ms })

describe('times in claims after the clock was set back', () => {
  it('are read as what the clock showed once', () => {
    expect(corrected({ refusals: [refusedAt(3_999), refusedAt(5_001)] })).toEqual({
      refusals: [refusedAt(3_999), refusedAt(6_001)],
    })
  })

  it('say nothing of refusals where one was shown twice', () => {
    expect(corrected({ source: 'cache', refusals: [refusedAt(3_000), refusedAt(4_500)] })).toEqual({ source: 'cache' })
  })

  it('make an answer as fresh as they can mean', () => {
    expect(corrected({ asOfMs: epochMs + 4_500 })).toEqual({ asOfMs: epochMs + 5_500 })
  })
})
