import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { bulkheadProperties } from '../../../src/properties/bulkhead/bulkhead-properties.ts'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'
import type { TraceBuilder } from '../_trace.ts'
import { factsOf } from '../_trace.ts'
import type { Visit, Wrong } from './_desk.ts'
import { visitedDesk } from './_desk.ts'

const visit: fc.Arbitrary<Visit> = fc.record({
  atMs: fc.nat(60).map((tens) => tens * 10),
  user: fc.constantFrom('ada', 'bob'),
  lastsMs: fc.integer({ min: 1, max: 20 }).map((tens) => tens * 10),
  ends: fc.constantFrom('answered', 'timed out', 'broken'),
})
const visits = fc.array(visit, { minLength: 1, maxLength: 25 })
const room = fc.integer({ min: 1, max: 3 })
const places = fc.nat(4)

function violated(trace: TraceBuilder, maxConcurrent: number, maxQueued: number): readonly string[] {
  const guards = [{ kind: 'model' as const }]
  const profile: ProfileInput = { bulkheads: [{ guards, maxConcurrent, maxQueued }], timeouts: { modelMs: 1_000 } }
  const judge = createTrialJudge(bulkheadProperties, factsOf(profile))
  for (const event of trace.events) judge.observe(event)
  return [...judge.finish()].flatMap(([id, { verdict }]) => (verdict === 'violated' ? [id] : []))
}

/** How many of 300 random days show each property violated. */
function found(wrong: Wrong): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [day, slots, queue] of fc.sample(fc.tuple(visits, room, places), { numRuns: 300, seed: 3 })) {
    for (const id of violated(visitedDesk(day, slots, queue, wrong), slots, queue)) {
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}

describe('the properties of bulkheads', () => {
  it('never accuse an agent that keeps its pool by the book', () => {
    const law = fc.property(visits, room, places, (day, slots, queue) => {
      expect(violated(visitedDesk(day, slots, queue), slots, queue)).toEqual([])
    })
    fc.assert(law, { numRuns: 2_000 })
  })

  it.each<[string, Wrong, string]>([
    ['keeps the slot of a call that timed out', { leaksOnTimeout: true }, 'K3'],
    ['lets one more in', { admits: 1 }, 'K1'],
    ['has one more place in its queue', { queues: 1 }, 'K2'],
    ['has one place fewer in its queue', { queues: -1 }, 'K2'],
    ['has one slot fewer', { admits: -1 }, 'K3'],
    ['serves the last first', { lastFirst: true }, 'K4'],
  ])('find the agent that %s', (_what, wrong, id) => {
    expect(found(wrong).get(id) ?? 0).toBeGreaterThan(10)
  })
})
