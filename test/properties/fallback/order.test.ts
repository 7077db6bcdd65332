import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/contract/outcome.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { fallbackOrder } from '../../../src/properties/fallback/order.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, chain, from, primaryFails, profile, refusal } from './_chain.ts'

const judge = (trace: TraceBuilder, declared: ProfileInput = profile) =>
  sentenceOf(verdictOf(fallbackOrder, trace, declared))
const begun = () => new TraceBuilder().begun(0)

describe('F1 order of the sources', () => {
  it('holds where each source is asked after the one before it failed', () => {
    const trace = begun()
    primaryFails(trace)
    trace.says(askBackup(trace), 'done').concluded(from('backup'))
    expect(verdictOf(fallbackOrder, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a request to a source whose predecessor was not asked', () => {
    const trace = begun()
    trace.after(40)
    askBackup(trace)
    expect(verdictOf(fallbackOrder, trace, profile)).toEqual({
      verdict: 'violated',
      triggers: 1,
      witness: {
        sentence:
          'the request to source "backup" of task "refund-0" was sent at 0.040 s (call 0), but source "primary", which comes before it, had not been asked for this reply',
        at: 40,
        calls: [0],
      },
    })
  })

  it('begins anew with each reply', () => {
    const trace = begun()
    primaryFails(trace)
    trace.reply(askBackup(trace, 0, { offeredTools: ['lookup'] }), [toolCall('a')])
    askBackup(trace)
    expect(judge(trace)).toContain('had not been asked')
  })

  it('takes a reply that nobody can use for a failure or not', () => {
    const trace = begun()
    trace.says(askPrimary(trace), '')
    askBackup(trace)
    expect(judge(trace)).toBe('holds')
  })

  it('waits for the predecessor to fail, unless its time may be over', () => {
    const early = begun()
    askPrimary(early)
    early.after(900)
    askBackup(early)
    expect(judge(early, { ...profile, timeouts: { modelMs: 1_000 } })).toContain('was still under way')
    expect(judge(early, { ...profile, timeouts: { modelMs: 900 } })).toBe('holds')
    expect(judge(early)).toBe('holds')
  })

  it('admits a skip that a declared rule can explain, and demands the claim where refusals are claimed', () => {
    const breaker = { ...profile, breaker: { consecutiveFailures: 1, cooldownMs: 30_000 } }
    const skipping = (refusals?: Refusal[]): TraceBuilder => {
      const trace = begun()
      primaryFails(trace)
      trace.concluded({ answer: null, stop: 'llm_api_error' }).begun(1)
      trace.says(askBackup(trace, 1), 'done')
      return trace.concluded(from('backup', refusals ? { refusals } : {}), 1)
    }
    expect(judge(skipping())).toContain('had not been asked')
    expect(judge(skipping(), breaker)).toBe('holds')
    expect(judge(skipping([refusal('openai', 100)]), breaker)).toBe('holds')
    expect(judge(skipping([]), breaker)).toContain('and the agent claims no refusal of it')
    expect(judge(skipping([refusal('openai', 99)]), breaker)).toContain('claims no refusal')
    const higher = { ...profile, breaker: { consecutiveFailures: 2, cooldownMs: 30_000 } }
    expect(judge(skipping([refusal('openai', 100)]), higher)).toContain('had not been asked')
  })

  it('admits a bulkhead with more tasks than slots, and a rate limit that is reached', () => {
    const guards = [{ kind: 'model' as const }]
    const burst = begun().begun(1)
    askPrimary(burst)
    askBackup(burst, 1)
    expect(judge(burst, { ...profile, bulkheads: [{ guards, maxConcurrent: 1 }] })).toBe('holds')
    expect(judge(burst, { ...profile, bulkheads: [{ guards, maxConcurrent: 2 }] })).toContain('had not been asked')
    expect(judge(burst, { ...profile, rateLimits: [{ guards, calls: 1, windowMs: 1_000 }] })).toBe('holds')
    expect(judge(burst, { ...profile, rateLimits: [{ guards, calls: 2, windowMs: 1_000 }] })).toContain(
      'not been asked',
    )
  })

  it('lets a source be passed over whose window the request does not fit', () => {
    const three = [...chain.slice(0, 3), { source: 'large', upstream: 'large' }]
    const trace = begun()
    primaryFails(trace)
    trace.model({ inputTokens: 101 }, { upstream: 'large' })
    expect(judge(trace, { fallback: { chain: three } })).toBe('holds')
    const fitting = begun()
    primaryFails(fitting)
    fitting.model({ inputTokens: 99 }, { upstream: 'large' })
    expect(judge(fitting, { fallback: { chain: three } })).toContain('source "backup", which comes before it')
  })

  it('is violated by a kept answer after a source that comes later, or before the primary was asked', () => {
    const late = begun()
    primaryFails(late)
    const call = askBackup(late)
    late.answer(call, 500).concluded(from('cache'))
    expect(judge(late)).toContain('and had asked source "backup", which comes after it')
    expect(judge(begun().concluded(from('cache')))).toContain('source "primary", which comes before it')
    const right = begun()
    primaryFails(right)
    expect(judge(right.concluded(from('cache')))).toBe('holds')
  })

  it('admits a kept answer where the time of the step was over before any source was asked', () => {
    const trace = begun().after(70_000).concluded(from('cache'))
    const withStep = (stepMs: number): ProfileInput => ({ ...profile, timeouts: { stepMs } })
    expect(judge(trace, withStep(70_000))).toBe('holds')
    expect(judge(trace, withStep(70_001))).toContain('source "primary", which comes before it')
  })

  it('lets an agent give up with fixed text, but not pass that off as the turn', () => {
    const trace = (stop: string) => {
      const given = begun()
      primaryFails(given)
      return given.concluded({ stop, ...from('template') })
    }
    expect(judge(trace('llm_api_error'))).toBe('holds')
    expect(judge(trace('end_turn'))).toContain('source "backup", which comes before it')
  })

  it('reads a request that two sources share as the one it is right for', () => {
    const shared = [
      { source: 'primary', upstream: 'openai' },
      { source: 'short', upstream: 'openai' },
    ]
    const trace = begun()
    askPrimary(trace)
    expect(judge(trace, { fallback: { chain: shared } })).toBe('vacuous')
    expect(judge(trace, {})).toBe('not applicable')
  })
})
