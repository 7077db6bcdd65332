import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../_trace.ts'
import { runSchedule } from './_breaker-trial.ts'
import { judgedBreaker, violations } from './_judged.ts'
import type { Wrong } from './_model-breaker.ts'
import { anyTrial, plainTrial, twoProbeTrial } from './_schedules.ts'

/** What each wrong breaker must be found guilty of, within so many random trials of which kind. */
const guilty: readonly (readonly [wrong: Wrong, property: string, trials: typeof anyTrial | typeof plainTrial])[] = [
  ['never opens', 'B1', plainTrial],
  ['opens late', 'B1', plainTrial],
  ['opens early', 'B2', plainTrial],
  ['sends during cooldown', 'B3', plainTrial],
  ['early boundary', 'B5', plainTrial],
  ['two probes', 'B6', plainTrial],
  ['straggler closes', 'B12', plainTrial],
  ['straggler extends', 'B4', plainTrial],
  ['cancelled probe closes', 'B11', plainTrial],
  ['cancelled probe keeps permit', 'B11', plainTrial],
  ['hung probe wedges', 'B13', plainTrial],
  ['counts 400', 'B10', plainTrial],
  ['counts 400', 'B2', plainTrial],
  ['neutral closes', 'B10', plainTrial],
  ['neutral resets', 'B10', plainTrial],
  ['failed probe does not reopen', 'B8', plainTrial],
  ['success does not close', 'B7', plainTrial],
  ['remembers after closing', 'B9', plainTrial],
  ['never half-opens', 'B14', plainTrial],
  ['half-open refuses all', 'B15', twoProbeTrial],
  ['ignores slow calls', 'B19', anyTrial],
  ['nothing expires', 'B20', anyTrial],
  ['other comparison', 'B21', anyTrial],
  ['one breaker for all upstreams', 'B16', anyTrial],
  ['other sharing', 'B17', anyTrial],
  ['counts one an instant', 'B18', plainTrial],
  ['wrong retryAfter', 'B23', plainTrial],
]

describe('a wrong breaker', () => {
  it.each(guilty)('that %s is found guilty of %s', (wrong, property, trials) => {
    const healing = property === 'B14' ? { healedAt: 4_000 } : {}
    const found = fc.sample(trials, { numRuns: 800, seed: 5 }).some(({ breaker, style, schedule }) => {
      const facts = factsOf({ breaker })
      const events = runSchedule(schedule, { profile: facts.profile, style, wrong, ...healing })
      return property in violations(judgedBreaker(events, facts))
    })
    expect(found).toBe(true)
  })
})
