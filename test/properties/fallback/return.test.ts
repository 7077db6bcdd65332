import { describe, expect, it } from 'vitest'
import { fallbackReturn } from '../../../src/properties/fallback/return.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, chain, from, primaryFails, refusal } from './_chain.ts'

const declared = { fallback: { chain, returnMs: 30_000 } }
const judge = (trace: TraceBuilder, profile: Parameters<typeof verdictOf>[2] = declared) =>
  sentenceOf(verdictOf(fallbackReturn, trace, profile))

/** The primary fails, the world heals at 0.100 s, and the next task begins so much later. */
function healed(afterMs: number): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  const call = askPrimary(trace)
  trace.struck(call).after(100).answer(call, 500).concluded({ answer: null, stop: 'llm_api_error' })
  return trace.healed().after(afterMs).begun(1)
}
function served(trace: TraceBuilder): TraceBuilder {
  return trace.says(askBackup(trace, 1), 'done').concluded(from('backup'), 1)
}

describe('F8 return to the primary', () => {
  it('is violated by a task that is still served elsewhere', () => {
    expect(judge(served(healed(30_000)))).toBe(
      'task "refund-1", begun at 30.100 s, ended at 30.100 s without the primary "primary" having been asked by anybody meanwhile, but the world had healed at 0.100 s and the agent declares to return within 30.000 s',
    )
    expect(judge(healed(30_000).concluded(from('cache'), 1))).toContain('without the primary')
  })

  it('says nothing before that time, before the heal point, or where nothing failed', () => {
    expect(judge(served(healed(29_999)))).toBe('vacuous')
    const unhealed = new TraceBuilder().begun(0)
    unhealed.struck(primaryFails(unhealed)).after(90_000)
    expect(judge(served(unhealed.begun(1)))).toBe('vacuous')
    expect(judge(served(new TraceBuilder().healed().after(90_000).begun(1)))).toBe('vacuous')
    expect(judge(served(healed(30_000)), { fallback: { chain } })).toBe('not applicable')
  })

  it('holds where the primary is asked by the task or, as a probe, by another', () => {
    const back = healed(30_000)
    back.says(askPrimary(back, 1), 'done').concluded(from('primary'), 1)
    expect(verdictOf(fallbackReturn, back, declared)).toEqual({ verdict: 'holds', triggers: 1 })
    const probed = healed(30_000).begun(2)
    askPrimary(probed, 2)
    expect(judge(served(probed))).toBe('holds')
  })

  it('lets a bulkhead explain it', () => {
    const full = { ...declared, bulkheads: [{ guards: [{ kind: 'model' as const }], maxConcurrent: 1 }] }
    expect(judge(served(healed(30_000)), full)).toBe('vacuous')
    const claims = { source: 'cache', refusals: [refusal('openai', 30_100, 'bulkhead')] }
    expect(judge(healed(30_000).concluded({ claims }, 1), full)).toBe('vacuous')
    const honest = { source: 'cache', refusals: [refusal('openai', 30_100)] }
    expect(judge(healed(30_000).concluded({ claims: honest }, 1), full)).toContain('without the primary')
  })
})
