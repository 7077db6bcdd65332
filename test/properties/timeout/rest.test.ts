import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import { blindRepetition } from '../../../src/properties/timeout/blind-repetition.ts'
import { quiescence } from '../../../src/properties/timeout/quiescence.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

const profile = { timeouts: { toolMs: 1_000 }, tools: { effectful: ['refund'] } }
const judge = (property: Property, trace: TraceBuilder, declared: Parameters<typeof verdictOf>[2] = profile) =>
  sentenceOf(verdictOf(property, trace, declared))

describe('T6 quiescence', () => {
  const answered = (): TraceBuilder => {
    const trace = new TraceBuilder().begun(0)
    return trace.reply(trace.model()).after(500)
  }

  it('holds where nothing is left', () => {
    expect(verdictOf(quiescence, answered().concluded().finished(), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by what is left behind, and by a call that is still under way', () => {
    expect(judge(quiescence, answered().concluded().finishedLeaving('timer ×2'))).toBe(
      'every task had ended at 0.500 s, but the agent had left behind timer ×2',
    )
    const open = answered()
    open.tool('lookup')
    expect(judge(quiescence, open.concluded().finished())).toBe(
      'the call of tool "lookup" sent at 0.500 s (call 1) on behalf of task "refund-0" was still under way when every task had ended at 0.500 s',
    )
  })

  it('leaves trials that do not finish to others', () => {
    const open = answered()
    open.tool('lookup')
    expect(judge(quiescence, open.finished('expired'))).toBe('holds')
    expect(judge(quiescence, new TraceBuilder().finished())).toBe('vacuous')
    expect(judge(quiescence, answered(), { timeouts: {} })).toBe('not applicable')
  })
})

describe('T7 repetition after a timeout', () => {
  const timedOut = (tool: string, keys: readonly [string?, string?] = []): TraceBuilder => {
    const trace = new TraceBuilder().begun(0)
    const [one, two] = keys
    const first = trace.tool(tool, {}, one === undefined ? {} : { idempotencyKey: one })
    trace.after(1_000).aborted(first).after(200)
    trace.tool(tool, {}, { retryOf: first, ...(two === undefined ? {} : { idempotencyKey: two }) })
    return trace
  }

  it('is violated by an effectful call that is blindly repeated', () => {
    expect(judge(blindRepetition, timedOut('refund'))).toBe(
      'effectful tool "refund" was called again at 1.200 s (call 1) without a common idempotency key, but call 0 had been given up at 1.000 s with its end unknown',
    )
    expect(judge(blindRepetition, timedOut('refund', ['k1', 'k2']))).toContain('without a common idempotency key')
  })

  it('holds with one key, and lets a tool without effects be called again', () => {
    expect(verdictOf(blindRepetition, timedOut('refund', ['k1', 'k1']), profile)).toEqual({
      verdict: 'holds',
      triggers: 1,
    })
    expect(judge(blindRepetition, timedOut('lookup'))).toBe('vacuous')
    expect(judge(blindRepetition, timedOut('refund'), { timeouts: { toolMs: 1 } })).toBe('not applicable')
  })
})
