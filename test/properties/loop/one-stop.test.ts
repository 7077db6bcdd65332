import { describe, expect, it } from 'vitest'
import { oneStop } from '../../../src/properties/loop/one-stop.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

describe('L2 one stop', () => {
  it('holds for one declared stop per task', () => {
    const trace = new TraceBuilder()
      .started('a', 0)
      .started('b', 1)
      .ended('end_turn', 1, 'b')
      .ended('max_steps', 0, 'a')
    expect(verdictOf(oneStop, trace.finished())).toEqual({ verdict: 'holds', triggers: 2 })
  })

  it('is violated by an undeclared stop reason', () => {
    const trace = new TraceBuilder().started().after(10).ended('gave_up')
    expect(sentenceOf(verdictOf(oneStop, trace, { stopReasons: ['end_turn', 'error'] }))).toBe(
      'task "refund" stopped at 0.010 s with reason "gave_up", which is none of the declared ones (end_turn, error)',
    )
  })

  it('is violated by an agent that rejects', () => {
    expect(sentenceOf(verdictOf(oneStop, new TraceBuilder().started().after(10).threw()))).toBe(
      'task "refund" gave no outcome at 0.010 s: the agent threw TypeError: boom',
    )
  })

  it('is violated by a second end', () => {
    const trace = new TraceBuilder().started().after(10).ended().after(10).ended()
    expect(sentenceOf(verdictOf(oneStop, trace))).toBe(
      'task "refund" ended at 0.020 s, but it had already ended at 0.010 s',
    )
  })

  it('is violated by a task without end in a finished trial', () => {
    expect(sentenceOf(verdictOf(oneStop, new TraceBuilder().started().finished()))).toBe(
      'task "refund" had not stopped when the trial finished at 0.000 s',
    )
  })

  it('leaves a trial that did not finish to L1', () => {
    expect(verdictOf(oneStop, new TraceBuilder().started().finished('stalled'))).toEqual({ verdict: 'vacuous' })
  })
})
