import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import { breakerProperties } from '../../../src/properties/breaker/breaker-properties.ts'
import { factsOf, verdictOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { runSchedule } from './_breaker-trial.ts'
import { judgedBreaker, violations } from './_judged.ts'
import { wrongs } from './_model-breaker.ts'
import { anyTrial } from './_schedules.ts'

/** Events of an honest or a wrong breaker, with the facts that it is judged by. */
const anyTrace = fc.tuple(anyTrial, fc.constantFrom(null, ...wrongs)).map(([{ breaker, style, schedule }, wrong]) => {
  const facts = factsOf({ breaker })
  return { facts, events: runSchedule(schedule, { profile: facts.profile, style, wrong }) }
})

describe('the properties of breakers', () => {
  it('keep what they have found as the trace goes on', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(), ({ facts, events }, cut) => {
        const whole = violations(judgedBreaker(events, facts))
        expect(whole).toMatchObject(violations(judgedBreaker(events.slice(0, cut % events.length), { ...facts })))
      }),
      { numRuns: 300 },
    )
  })

  it('say the same alone as together', () => {
    fc.assert(
      fc.property(anyTrace, ({ facts, events }) => {
        const together = judgedBreaker(events, facts)
        for (const property of breakerProperties) {
          const alone = verdictOf(property, Object.assign(new BreakerTrace().trace, { events }), facts.profile)
          expect(alone).toEqual(together.get(property.id))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('have a verdict on any events in any order', () => {
    const disorder = anyTrace.chain(({ facts, events }) =>
      fc.shuffledSubarray<TraceEvent>([...events]).map((shuffled) => ({ facts, shuffled })),
    )
    fc.assert(
      fc.property(disorder, ({ facts, shuffled }) => {
        expect(judgedBreaker(shuffled, facts).size).toBe(breakerProperties.length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a refusal that nobody claims', () => {
  const profile = { breaker: { consecutiveFailures: 2, cooldownMs: 1_000 } }
  const unserved = (failures: number): Readonly<Record<string, string>> => {
    const trace = new BreakerTrace().calls(...Array.from({ length: failures }, () => 500))
    trace.trace.begun(99).concluded({ answer: null, stop: 'llm_api_error' }, 99)
    return violations(judgedBreaker(trace.trace.events, factsOf(profile)))
  }

  it('is inferred from a task that failed without the call that it wanted', () => {
    expect(unserved(2)).toEqual({})
    expect(unserved(1)).toMatchObject({ B2: expect.stringContaining('the agent must have refused a call to "openai"') })
  })
})

describe('a breaker around logical calls', () => {
  const profile = { breaker: { consecutiveFailures: 2, cooldownMs: 1_000, counts: 'logical calls' as const } }
  /** A task whose call is attempted three times, all in vain. */
  const tried = (trace: BreakerTrace): BreakerTrace => {
    const { task, call } = trace.open()
    const { trace: events } = trace
    let last = call
    for (const attempt of [2, 3]) {
      trace.wait(attempt)
      events.answer(last, 500)
      last = events.model({}, { task, retryOf: last })
    }
    trace.wait(5).answer({ task, call: last }, 500)
    return trace
  }
  const judged = (trace: BreakerTrace) => violations(judgedBreaker(trace.trace.events, factsOf(profile)))

  it('counts a call once, however often it was attempted', () => {
    expect(judged(tried(new BreakerTrace()).calls(200))).toEqual({})
    expect(judged(tried(tried(new BreakerTrace())).refuses())).toEqual({})
    expect(judged(new BreakerTrace().calls(500).refuses())).toHaveProperty('B2')
    expect(judged(tried(tried(new BreakerTrace())).calls(200))).toHaveProperty('B1')
  })
})
