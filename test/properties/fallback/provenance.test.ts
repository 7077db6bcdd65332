import { describe, expect, it } from 'vitest'
import { provenance } from '../../../src/properties/fallback/provenance.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, from, primaryFails, profile } from './_chain.ts'

const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(provenance, trace, profile))

function answered(words: string, source: string, answer = words, body = '{}'): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  trace.says(askPrimary(trace), body === '{}' ? words : null, 'stop', body)
  return trace.concluded({ answer, ...from(source) })
}

describe('F3 provenance', () => {
  it('holds for the words of the source itself, whatever the white space', () => {
    expect(verdictOf(provenance, answered('Paid back.', 'primary'), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(answered('Paid  back. ', 'primary', 'Paid back.'))).toBe('holds')
  })

  it('is violated by words that the source did not say', () => {
    expect(judge(answered('Paid back.', 'primary', 'Paid back!'))).toBe(
      'task "refund-0" answered "Paid back!" at 0.000 s and claims it of source "primary", but none of its 1 whole replies in this task says so',
    )
  })

  it('is violated by a kept answer that is presented as the primary', () => {
    const trace = answered('Paid back.', 'primary').begun(1)
    primaryFails(trace, 500, 1)
    trace.concluded({ answer: 'Paid back.', ...from('primary') }, 1)
    expect(judge(trace)).toContain('that source gave no whole reply in this task')
  })

  it('is violated by the words of another source', () => {
    const trace = new TraceBuilder().begun(0)
    primaryFails(trace)
    trace.says(askBackup(trace), 'Paid back.').concluded({ answer: 'Paid back.', ...from('primary') })
    expect(judge(trace)).toContain('those are the words of call 1, which was answered by source "backup"')
    expect(judge(answered('Paid back.', 'backup'))).toContain('answered by source "primary"')
  })

  it('is violated by a reply that broke off', () => {
    const trace = new TraceBuilder().begun(0)
    trace.brokeOff(askPrimary(trace), 'Paid').concluded({ answer: 'Paid', ...from('primary') })
    expect(judge(trace)).toContain('gave no whole reply')
  })

  it('reads the words in which a model declines', () => {
    const chat = JSON.stringify({ choices: [{ message: { content: null, refusal: 'I cannot.' } }] })
    const pieces = ['I ', 'cannot.'].map(
      (refusal) => `data: ${JSON.stringify({ choices: [{ delta: { refusal } }] })}\n\n`,
    )
    const output = JSON.stringify({ output: [{ content: [{ type: 'refusal', refusal: 'I cannot.' }] }] })
    for (const body of [chat, `${pieces.join('')}data: [DONE]\n\n`, output]) {
      expect(judge(answered('', 'primary', 'I cannot.', body))).toBe('holds')
      expect(judge(answered('', 'primary', 'I can.', body))).toContain('none of its 1 whole replies')
    }
    expect(judge(answered('', 'primary', 'I cannot.', '"refusal"'))).toContain('none of its')
  })

  it('has nothing to judge without a claim, and leaves caches and fixed text to others', () => {
    const silent = new TraceBuilder().begun(0).concluded()
    expect(judge(silent)).toBe('vacuous')
    expect(judge(answered('a', 'cache', 'b'))).toBe('vacuous')
    expect(judge(answered('a', 'template', 'b'))).toBe('vacuous')
  })
})
