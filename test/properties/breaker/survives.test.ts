import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf, factsOf } from '../_trace.ts'
import { persistence } from '../../../src/properties/breaker/persisting.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { runSchedule } from './_breaker-trial.ts'
import { judgedBreaker, violations } from './_judged.ts'
import type { Wrong } from './_model-breaker.ts'
import { anyTrial, plainTrial } from './_schedules.ts'

const breaker = { consecutiveFailures: 2, cooldownMs: 1_000, survivesRestart: true }

/** Two failures, the second of which ends at 0.020 s and opens the breaker until 1.020 s. */
const tripped = (): BreakerTrace => new BreakerTrace().calls(500, 500)
const judged = ({ trace }: BreakerTrace, change: object = {}) =>
  verdictOf(persistence, trace, { breaker: { ...breaker, ...change } })
const found = ({ trace }: BreakerTrace) => violations(judgedBreaker(trace.events, factsOf({ breaker })))

/** Kills at any time, most of them about the times at which breakers open and close. */
const kills = (latest: number) => fc.array(fc.integer({ min: 0, max: latest }), { minLength: 1, maxLength: 3 })

describe('a breaker that is declared to outlive its process', () => {
  it('is never accused where it does, whatever else is declared and happens', () => {
    const trials = fc.oneof(anyTrial, plainTrial).chain((trial) => {
      const latest = Math.max(1, ...trial.schedule.map(({ at }) => at)) + 2_000
      return fc.record({ trial: fc.constant(trial), killedAt: kills(latest), claims: fc.boolean() })
    })
    fc.assert(
      fc.property(trials, ({ trial: { breaker: declared, style, schedule }, killedAt, claims }) => {
        const facts = factsOf({ breaker: { ...declared, survivesRestart: true } })
        const events = runSchedule(schedule, { profile: facts.profile, style, wrong: null, claims, killedAt })
        expect(violations(judgedBreaker(events, facts))).toEqual({})
      }),
      { numRuns: Number(process.env['BREAKER_RUNS'] ?? 1_000) },
    )
  })

  const guilty: readonly Wrong[] = [
    'forgets at a restart',
    'cools down anew after a restart',
    'waits for the probes of the dead',
  ]
  it.each(guilty)('and that %s is found guilty', (wrong) => {
    const trials = plainTrial.chain((trial) =>
      fc.record({ trial: fc.constant(trial), at: fc.constantFrom(...trial.schedule.map(({ at }) => at)) }),
    )
    const isFound = fc.sample(trials, { numRuns: 800, seed: 5 }).some(({ trial, at }) => {
      const facts = factsOf({ breaker: { ...trial.breaker, survivesRestart: true } })
      const events = runSchedule(trial.schedule, {
        ...{ profile: facts.profile, style: trial.style, wrong, killedAt: [at + 20] },
      })
      return 'B22' in violations(judgedBreaker(events, facts))
    })
    expect(isFound).toBe(true)
  })

  it('may have been closed again by a kill that came before its task had ended', () => {
    const early = new BreakerTrace().calls(500)
    const open = early.open()
    early.wait(10).trace.answer(open.call, 500)
    early.killed().wait(100).calls(200)
    expect(judged(early)).toEqual({ verdict: 'vacuous' })
    expect(found(early)).toEqual({})
  })

  it('stands through several kills, and is judged as ever once it has been called', () => {
    const often = tripped().killed().wait(100).refuses().killed().wait(100)
    expect(judged(often.calls(200))).toMatchObject({ verdict: 'violated' })
    const again = tripped().killed().wait(1_000).calls(500).refuses()
    expect(found(again)).toEqual({})
    expect(found(again.wait(100).refuses().wait(1_000).refuses())).toMatchObject({ B2: expect.anything() })
  })

  it('is not held by a probe of the process before', () => {
    const probing = tripped().wait(1_000)
    probing.open()
    probing.killed().wait(100).refuses()
    expect(found(probing)).toEqual({})
    expect(found(probing.wait(999).refuses())).toEqual({})
    expect(found(probing.wait(2).refuses())).toMatchObject({
      B22: 'the agent refused a call to "openai" at 2.121 s and had sent none since its process began, but it had refused one at 1.120 s, and the longest cooldown was over by 2.120 s',
    })
  })

  it('is not held beyond its cooldown', () => {
    const late = tripped().killed().wait(1_001).refuses()
    expect(found(late)).toMatchObject({
      B22: 'the agent refused a call to "openai" at 1.021 s and had sent none since its process began, but its breaker, opened by 2 failures in a row at 0.020 s, had to let a probe through from 1.020 s',
    })
  })

  it('may be open for longer or for less where the clock was set, but not for ever', () => {
    for (const clock of [
      (t: BreakerTrace) => t.jumped(9_000).killed(),
      (t: BreakerTrace) => t.killed().jumped(-9_000),
    ]) {
      expect(found(clock(tripped()).wait(100).calls(200))).toEqual({})
      const late = clock(tripped()).wait(1_500).refuses()
      expect(found(late)).toEqual({})
      expect(Object.keys(found(late.wait(1_001).refuses()))).toEqual(['B22'])
    }
  })

  it('is not known to the next process where its store has failed', () => {
    const blind = tripped()
    const { trace } = blind
    const call = { at: 20, task: 1, call: 9, upstream: 'memory', kind: 'store' as const }
    trace.events.push({ type: 'request.failed', ...call, cause: 'SQLITE_FULL', class: 'failure', partial: null })
    expect(found(blind.killed().wait(100).calls(200))).toEqual({})
  })

  it('is not judged so without the declaration, or where each task has its own', () => {
    const early = tripped().killed().wait(100).calls(200)
    expect(judged(early, { survivesRestart: false })).toEqual({ verdict: 'not applicable' })
    expect(judged(early, { sharedBy: 'task' })).toEqual({ verdict: 'not applicable' })
    expect(judged(tripped())).toEqual({ verdict: 'vacuous' })
  })
})
