import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../src/contract/event.ts'
import type { PropertyVerdict } from '../../src/contract/property.ts'
import { prepareJudge } from '../../src/properties/judge-trial.ts'
import { properties } from '../../src/properties/properties.ts'
import { randomTrace, secret, tightProfile } from './_random-trace.ts'
import { factsOf } from './_trace.ts'

const facts = factsOf(tightProfile, [secret])
const prepared = prepareJudge(properties.all, facts)

function judged(events: readonly TraceEvent[], judge = prepared): ReadonlyMap<string, PropertyVerdict> {
  const trial = judge.begin()
  for (const event of events) trial.observe(event)
  return trial.finish()
}
const triggersOf = (verdict: PropertyVerdict | undefined) => (verdict && 'triggers' in verdict ? verdict.triggers : 0)

/** Properties that random traces violate and uphold; the others need a story, and have one in a test of their own. */
const exercised = 'L1 L2 L3 L4 L8 L9 R1 R2 R3 R4 R5 R8 R9 R12 R13 R15 R16 R17 R20 P1 P2 P3 P4 Z1 Z4 Z11 L11 L12'.split(
  ' ',
)

describe('every property', () => {
  it('keeps a violation, with its witness, and never loses a trigger as the trace goes on', () => {
    fc.assert(
      fc.property(randomTrace, fc.nat(), (events, cut) => {
        const whole = judged(events)
        for (const [id, verdict] of judged(events.slice(0, cut % events.length))) {
          expect(triggersOf(whole.get(id))).toBeGreaterThanOrEqual(triggersOf(verdict))
          // R2 speaks of the whole trial: later logical calls raise what it allows.
          if (verdict.verdict !== 'violated' || id === 'R2') continue
          expect(whole.get(id)).toMatchObject({ verdict: 'violated', witness: verdict.witness })
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('judges by the events alone: again, interleaved with another trial, or among other properties', () => {
    fc.assert(
      fc.property(randomTrace, randomTrace, (events, others) => {
        const [trial, noise] = [prepared.begin(), prepared.begin()]
        for (const [index, event] of events.entries()) {
          trial.observe(event)
          const other = others[index]
          if (other) noise.observe(other)
        }
        const verdicts = judged(events)
        expect(trial.finish()).toEqual(verdicts)
        for (const property of properties.all) {
          const alone = judged(events, prepareJudge([property], facts))
          expect(alone.get(property.id)).toEqual(verdicts.get(property.id))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('has a verdict on any events in any order, whatever is missing', () => {
    const disorder = randomTrace.chain((events) => fc.shuffledSubarray([...events]))
    fc.assert(
      fc.property(disorder, (events) => {
        expect(judged(events).size).toBe(properties.all.length)
      }),
      { numRuns: 500 },
    )
  })

  it('changes nothing that it is fed', () => {
    fc.assert(
      fc.property(randomTrace, (events) => {
        const before = structuredClone(events)
        judged(events)
        expect(events).toEqual(before)
      }),
      { numRuns: 100 },
    )
  })

  it('is triggered, violated and upheld by some of the random traces, where they are made for it', () => {
    const seen = new Map<string, Set<string>>()
    for (const events of fc.sample(randomTrace, { numRuns: 3_000, seed: 7 })) {
      for (const [id, { verdict }] of judged(events)) seen.set(id, (seen.get(id) ?? new Set()).add(verdict))
    }
    for (const id of exercised)
      expect([id, [...(seen.get(id) ?? [])]]).toEqual([id, expect.arrayContaining(['holds', 'violated'])])
  })
})
