import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMs } from '../../src/contract/epoch.ts'
import type { ProfileInput } from '../../src/contract/profile.ts'
import { profileSchema } from '../../src/contract/profile.ts'
import { breakerLaneSchema } from '../../src/results/breaker-lane-schema.ts'
import { breakerLanes } from '../../src/scenario/breaker-lanes.ts'
import { TraceBuilder, factsOf } from '../properties/_trace.ts'
import { runSchedule } from '../properties/breaker/_breaker-trial.ts'
import { anyTrial } from '../properties/breaker/_schedules.ts'

const profile = profileSchema.parse({ breaker: { consecutiveFailures: 2, cooldownMs: 10_000 } } satisfies ProfileInput)

/** Two failures at 1 s and 2 s, which open the breaker until 12 s. */
function opened(): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  trace.after(500)
  const first = trace.model()
  trace.after(500).answer(first, 500).after(500)
  const second = trace.model()
  return trace.after(500).answer(second, 500)
}

const spansOf = (trace: TraceBuilder) => breakerLanes(trace.events, profile)[0]?.spans

describe('breakerLanes', () => {
  it('is closed, open for the cooldown, half-open from when a probe may be sent, and closed by its success', () => {
    const trace = opened().after(13_000)
    const probe = trace.model()
    trace.after(1_000).reply(probe).concluded().after(4_000).finished()
    expect(breakerLanes(trace.events, profile)).toEqual([
      {
        upstream: 'openai',
        task: null,
        spans: [
          { from: 0, to: 2_000, state: 'closed' },
          { from: 2_000, to: 12_000, state: 'open' },
          { from: 12_000, to: 16_000, state: 'half-open' },
          { from: 16_000, to: 20_000, state: 'closed' },
        ],
        requests: [
          { call: 0, at: 500, end: 1_000, class: 'failure' },
          { call: 1, at: 1_500, end: 2_000, class: 'failure' },
          { call: 2, at: 15_000, end: 16_000, class: 'success' },
        ],
        refusals: [],
      },
    ])
  })

  it('stays open where the agent calls all the same, and says nothing of what comes after', () => {
    const trace = opened().after(1_000)
    const forbidden = trace.model()
    trace.after(500).reply(forbidden).concluded().after(60_000).finished()
    expect(spansOf(trace)).toEqual([
      { from: 0, to: 2_000, state: 'closed' },
      { from: 2_000, to: 12_000, state: 'open' },
    ])
    expect(breakerLanes(trace.events, profile)[0]?.requests).toHaveLength(3)
  })

  it('tells what the agent refused, and requests that never ended', () => {
    const trace = opened().after(1_000)
    const refusals = [{ upstream: 'openai', by: 'breaker' as const, atMs: epochMs + 3_000 }]
    trace.concluded({ stop: 'llm_api_error', claims: { refusals } }).after(10_000).begun(1)
    trace.model({}, { task: 1 })
    trace.after(500).finished()
    const [lane] = breakerLanes(trace.events, profile)
    expect(lane?.refusals).toEqual([{ from: 3_000, to: 3_000, isClaimed: true }])
    expect(lane?.requests.at(-1)).toEqual({ call: 2, at: 13_000, end: null, class: null })
  })

  it('is undecided where the profile is silent about what the trace shows', () => {
    const trace = new TraceBuilder().begun(0)
    for (const status of [500, 429]) {
      const call = trace.after(500).model()
      trace.after(500).answer(call, status)
    }
    trace.concluded({ stop: 'llm_api_error' }).after(1_000).finished()
    expect(spansOf(trace)).toEqual([
      { from: 0, to: 2_000, state: 'closed' },
      { from: 2_000, to: 3_000, state: 'undecided' },
    ])
  })

  it('gives each task a lane where each has a breaker of its own, and none where none is declared', () => {
    const own = profileSchema.parse({ breaker: { ...profile.breaker, sharedBy: 'task' } })
    const trace = new TraceBuilder().begun(0).begun(1)
    for (const task of [0, 1]) trace.reply(trace.model({}, { task }))
    expect(breakerLanes(trace.finished().events, own).map(({ task }) => task)).toEqual([0, 1])
    expect(breakerLanes(trace.events, profileSchema.parse({}))).toEqual([])
  })

  it('covers any trial from its start without gaps, in the form of the results', () => {
    fc.assert(
      fc.property(anyTrial, fc.boolean(), ({ breaker, style, schedule }, claims) => {
        const facts = factsOf({ breaker })
        const events = runSchedule(schedule, { profile: facts.profile, style, wrong: null, claims, healedAt: 2_000 })
        for (const lane of breakerLanes(events, facts.profile)) {
          const { spans } = breakerLaneSchema.parse(lane)
          for (const [index, { from, to, state }] of spans.entries()) {
            expect(from).toBe(spans[index - 1]?.to ?? 0)
            expect(to).toBeGreaterThan(from)
            expect(state).not.toBe(spans[index - 1]?.state)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
