import { describe, expect, it } from 'vitest'
import { atMostOnce } from '../../../src/properties/effects/at-most-once.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { tools: { effectful: ['refund'] } }

/** A refund that timed out, and the same refund attempted again. */
function retriedRefund(secondKey: string, keys: readonly (string | undefined)[] = [], url?: string): TraceBuilder {
  const trace = new TraceBuilder().started()
  const request = (key: string | undefined) => ({ ...(key && { idempotencyKey: key }), ...(url && { url }) })
  const first = trace.tool('refund', {}, request(keys[0]))
  trace.after(40).effect(first, 'refund', 'refund:A-1').after(9_960).aborted(first).after(500)
  const second = trace.tool('refund', {}, { ...request(keys[1]), retryOf: first })
  return trace.after(40).effect(second, 'refund', secondKey)
}

describe('L11 effects at most once', () => {
  it('holds for effects of different keys', () => {
    expect(verdictOf(atMostOnce, retriedRefund('refund:A-2'), profile)).toEqual({ verdict: 'holds', triggers: 2 })
  })

  it('is violated by one key twice', () => {
    expect(verdictOf(atMostOnce, retriedRefund('refund:A-1'), profile)).toEqual({
      verdict: 'violated',
      triggers: 2,
      witness: {
        sentence:
          'effect "refund:A-1" of tool "refund" was applied at 0.040 s by call 0 and again at 10.540 s by call 1, attempt 2 of a call that it had already made; neither carried an idempotency key',
        at: 10_540,
        calls: [0, 1],
      },
    })
  })

  it('says what the idempotency keys of the two calls tell of the cause', () => {
    const endOf = (keys: readonly (string | undefined)[], url?: string) =>
      sentenceOf(verdictOf(atMostOnce, retriedRefund('refund:A-1', keys, url), profile)).split('already made')[1]
    expect(endOf(['k', 'k'])).toBe('; both carried the same idempotency key, so the service does not honour it')
    expect(endOf(['k1', 'k2'])).toBe('; they carried different idempotency keys')
    expect(endOf(['k1'])).toBe('; only call 0 carried an idempotency key')
    expect(endOf([undefined, 'k2'])).toBe('; only call 1 carried an idempotency key')
    expect(endOf([], 'function:refund')).toBe('')
  })

  it('is vacuous without an effectful call, and not applicable where no tool is declared effectful', () => {
    const trace = new TraceBuilder().started()
    trace.tool('lookup')
    expect(sentenceOf(verdictOf(atMostOnce, trace, profile))).toBe('vacuous')
    expect(verdictOf(atMostOnce, retriedRefund('refund:A-1'))).toEqual({ verdict: 'not applicable' })
  })

  it('is violated by a claimed effect that was never applied', () => {
    const claimed = (key: string) => {
      const trace = new TraceBuilder().begun(0)
      trace.effect(trace.tool('refund'), 'refund', 'refund:1').concluded({ claims: { effects: [key] } })
      return sentenceOf(verdictOf(atMostOnce, trace, { tools: { effectful: ['refund'] } }))
    }
    expect(claimed('refund:1')).toBe('holds')
    expect(claimed('refund:2')).toContain('to have caused effect "refund:2" once, but it was applied by no call')
  })
})
