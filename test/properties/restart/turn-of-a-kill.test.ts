import { describe, expect, it } from 'vitest'
import { staleness } from '../../../src/properties/fallback/staleness.ts'
import { truthfulStop } from '../../../src/properties/loop/truthful-stop.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { asOf, askPrimary, from, primaryFails, profile } from '../fallback/_chain.ts'

/** The process is killed, at the tasks given. */
function killed(trace: TraceBuilder, at: number, ...tasks: number[]): TraceBuilder {
  trace.events.push({ type: 'process.killed', at, tasks, calls: [] }, { type: 'process.restarted', at })
  return trace
}

describe('a task that ends in the very turn of a kill', () => {
  const answered = (endsAfterMs: number): string => {
    const trace = new TraceBuilder().begun(0)
    killed(trace.says(trace.model(), 'Yes.'), 0)
    return sentenceOf(verdictOf(truthfulStop, trace.after(endsAfterMs).concluded({ answer: 'Yes.' })))
  }

  it('is judged by nothing that the next process has done', () => {
    expect(answered(0)).not.toContain('made no model call')
  })
})

describe('an answer that came before a kill', () => {
  it('is no younger than the kill, also where its task had not ended', () => {
    const trace = new TraceBuilder().begun(0)
    trace.says(askPrimary(trace), 'On its way.')
    killed(trace.after(100), 100, 0)
    trace.after(60_001).begun(1)
    primaryFails(trace, 500, 1)
    trace.concluded({ answer: 'On its way.', ...from('cache', { asOfMs: asOf(60_000) }) }, 1)
    expect(sentenceOf(verdictOf(staleness, trace, profile))).toContain('it was made at 0.100 s at the latest')
  })
})
