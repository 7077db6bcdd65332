import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/contract/outcome.ts'
import { claimTruth } from '../../../src/properties/effects/claim-truth.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { tools: { effectful: ['refund'] } }

/** A refund that took effect and was answered so, before the task ended so. */
function refunded(outcome: Partial<Outcome>, status = 200, fault?: string): string {
  const trace = new TraceBuilder().begun(0)
  const call = trace.tool('refund')
  if (fault !== undefined) trace.struck(call, fault)
  trace.effect(call, 'refund', 'refund:1').answer(call, status).after(10)
  return sentenceOf(verdictOf(claimTruth, trace.concluded(outcome), profile))
}

describe('L12 true claims', () => {
  it('holds where exactly what happened is claimed', () => {
    expect(refunded({ claims: { effects: ['refund:1'] } })).toBe('holds')
  })

  it('is violated by an effect that nobody applied', () => {
    const trace = new TraceBuilder().begun(0)
    trace.failed(trace.tool('refund'))
    expect(sentenceOf(verdictOf(claimTruth, trace.concluded({ claims: { effects: ['refund:1'] } }), profile))).toBe(
      'task "refund-0" claimed effect "refund:1" at 0.000 s, but no back end had applied it',
    )
  })

  it('is violated by an effect that is denied, in the claims or by stopping as a failure', () => {
    expect(refunded({ claims: { effects: [] } })).toBe(
      'task "refund-0" ended at 0.010 s with "end_turn" and the claimed effects [], but call 0 had applied "refund:1" at 0.000 s and was answered with success',
    )
    expect(refunded({ stop: 'llm_api_error', answer: null, claims: {} })).toContain('with "llm_api_error" and')
  })

  it('admits either claim of an effect that the agent cannot know of', () => {
    for (const effects of [[], ['refund:1']]) {
      expect(['holds', 'vacuous']).toContain(refunded({ claims: { effects } }, 500))
      expect(['holds', 'vacuous']).toContain(refunded({ claims: { effects } }, 200, 'tool.malformed'))
    }
    const cut = new TraceBuilder().begun(0)
    const call = cut.tool('refund')
    cut.effect(call, 'refund', 'refund:1').answer(call, 200)
    const stopped = cut.concluded({ stop: 'cancelled', claims: { effects: [] } })
    expect(sentenceOf(verdictOf(claimTruth, stopped, profile))).toBe('vacuous')
  })

  it('says nothing of outcomes without claims, and is not applicable without effectful tools', () => {
    expect(refunded({})).toBe('vacuous')
    expect(refunded({ claims: {} })).toBe('vacuous')
    const trace = new TraceBuilder().begun(0).concluded({ claims: { effects: ['x'] } })
    expect(sentenceOf(verdictOf(claimTruth, trace))).toBe('not applicable')
  })
})
