import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../_trace.ts'
import { runSchedule } from './_breaker-trial.ts'
import { judgedBreaker, violations } from './_judged.ts'
import { anyTrial } from './_schedules.ts'

describe('an honest breaker', () => {
  it('is never accused, whatever it declares, does where that is silent, and meets', () => {
    fc.assert(
      fc.property(anyTrial, fc.boolean(), ({ breaker, style, schedule }, claims) => {
        const facts = factsOf({ breaker })
        const events = runSchedule(schedule, { profile: facts.profile, style, wrong: null, claims, healedAt: 2_000 })
        expect(violations(judgedBreaker(events, facts))).toEqual({})
      }),
      { numRuns: Number(process.env['BREAKER_RUNS'] ?? 2_000) },
    )
  })
})
