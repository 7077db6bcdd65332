import { describe, expect, it } from 'vitest'
import { fallbackTermination } from '../../../src/properties/fallback/termination.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, primaryFails, profile } from './_chain.ts'

const judge = (trace: TraceBuilder, declared = profile) => sentenceOf(verdictOf(fallbackTermination, trace, declared))

function fellBack(): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  primaryFails(trace)
  primaryFails(trace)
  trace.after(100).answer(askBackup(trace), 500)
  return trace
}

describe('F7 end of a fallback', () => {
  it('holds where each source is left for good', () => {
    expect(verdictOf(fallbackTermination, fellBack(), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a return to a source for the same reply', () => {
    const trace = fellBack()
    askPrimary(trace)
    expect(judge(trace)).toBe(
      'task "refund-0" asked source "primary" again at 0.300 s (call 3) for the same reply, although it had left it after call 1 for source "backup" (call 2)',
    )
  })

  it('lets the next reply begin with the primary again', () => {
    const trace = fellBack()
    trace.reply(askBackup(trace), [toolCall('a')])
    primaryFails(trace)
    expect(judge(trace)).toBe('holds')
  })

  it('holds a task that falls back to its declared deadline', () => {
    const declared = { ...profile, timeouts: { taskMs: 1_000 } }
    expect(judge(fellBack().after(700).concluded(), declared)).toBe('holds')
    expect(judge(fellBack().after(701).concluded(), declared)).toContain('fell back and ended at 1.001 s')
    const straight = new TraceBuilder().begun(0).after(2_000)
    expect(judge(straight.says(askPrimary(straight), 'a').concluded(), declared)).toBe('vacuous')
  })
})
