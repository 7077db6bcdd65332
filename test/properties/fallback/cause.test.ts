import { describe, expect, it } from 'vitest'
import { fallbackCause } from '../../../src/properties/fallback/cause.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, chain, from, primaryFails, profile } from './_chain.ts'

const judge = (trace: TraceBuilder, declared = profile) => sentenceOf(verdictOf(fallbackCause, trace, declared))

function refused(status: number): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  primaryFails(trace, status)
  return trace
}

describe('F2 cause of a fallback', () => {
  it('is violated where a refused request is taken to the next source', () => {
    const trace = refused(400)
    askBackup(trace)
    expect(verdictOf(fallbackCause, trace, profile)).toMatchObject({
      verdict: 'violated',
      triggers: 1,
      witness: {
        sentence:
          'task "refund-0" asked source "backup" at 0.100 s (call 1) for the same reply, but call 0, sent at 0.000 s, was answered 400 at 0.100 s, which is the caller\'s own mistake',
        calls: [0, 1],
      },
    })
    expect(judge(trace, { fallback: { chain, onNeutral: true } })).toBe('vacuous')
  })

  it('holds where the agent gives up, and has nothing to say after a failure of the service', () => {
    expect(judge(refused(400).concluded({ answer: null, stop: 'llm_api_error' }))).toBe('holds')
    for (const status of [408, 409, 429, 500, 503]) {
      const trace = refused(status)
      askBackup(trace)
      expect(judge(trace)).toBe('vacuous')
    }
  })

  it('takes a refusal for a failure of the service where that asks for another attempt', () => {
    const trace = new TraceBuilder().begun(0)
    trace.after(100).answer(askPrimary(trace), 400, { headers: { 'x-should-retry': 'true' } })
    askBackup(trace)
    expect(judge(trace)).toBe('vacuous')
  })

  it('admits the same source again, and another one once the service itself has failed', () => {
    const trace = refused(400)
    primaryFails(trace, 500)
    askBackup(trace)
    expect(judge(trace)).toBe('holds')
  })

  it('is violated by a kept answer in its place, and by fixed text that is called the turn', () => {
    expect(judge(refused(404).concluded({ stop: 'llm_api_error', ...from('cache') }))).toContain('was answered 404')
    expect(judge(refused(404).concluded({ stop: 'llm_api_error', ...from('template') }))).toBe('holds')
    expect(judge(refused(404).concluded(from('template')))).toContain('answered from source "template"')
  })

  it('is violated by a source that is asked after the task was cancelled', () => {
    const trace = new TraceBuilder().begun(0)
    const call = askPrimary(trace)
    trace.after(50).cancelled().aborted(call)
    expect(judge(trace)).toBe('holds')
    askBackup(trace)
    expect(judge(trace)).toContain('but it had been cancelled at 0.050 s')
  })
})
