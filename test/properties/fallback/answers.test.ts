import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import { degradedFlag } from '../../../src/properties/fallback/degraded-flag.ts'
import { exhaustion } from '../../../src/properties/fallback/exhaustion.ts'
import { mixedAnswer } from '../../../src/properties/fallback/mixed-answer.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, from, primaryFails, profile } from './_chain.ts'

const judge = (property: Property, trace: TraceBuilder) => sentenceOf(verdictOf(property, trace, profile))
const begun = () => new TraceBuilder().begun(0)

describe('F10 answers of one request', () => {
  const broken = (answer: string): TraceBuilder => {
    const trace = begun()
    trace.brokeOff(askPrimary(trace), 'Your refund ')
    return trace.says(askBackup(trace), 'The refund is paid.').concluded({ answer })
  }

  it('is violated where one request goes on where another broke off', () => {
    expect(judge(mixedAnswer, broken('Your refund The refund is paid.'))).toBe(
      'task "refund-0" answered "Your refund The refund is paid." at 0.000 s, which begins with "Your refund", all that came of call 0, and goes on with "The refund is paid." of call 1',
    )
  })

  it('holds for the words of one request', () => {
    expect(verdictOf(mixedAnswer, broken('The refund is paid.'), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(mixedAnswer, broken('Sorry. The refund is paid.'))).toBe('holds')
    const whole = begun()
    whole.brokeOff(askPrimary(whole), 'Your refund ')
    whole.says(askPrimary(whole), 'Your refund is paid.').concluded({ answer: 'Your refund is paid.' })
    expect(judge(mixedAnswer, whole)).toBe('holds')
  })
})

describe('F12 degraded or not', () => {
  const straight = (degraded: boolean, source = 'primary'): TraceBuilder => {
    const trace = begun()
    return trace.says(askPrimary(trace), 'Paid.').concluded({ answer: 'Paid.', ...from(source, { degraded }) })
  }

  it('holds for an answer of the primary alone that is not called degraded', () => {
    expect(verdictOf(degradedFlag, straight(false), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(degradedFlag, straight(true))).toBe(
      'task "refund-0" answered "Paid." at 0.000 s and claims that it is degraded, but every reply in this task is the primary\'s, and call 0 has those very words',
    )
  })

  it('wants the flag with every other source', () => {
    const other = (degraded: boolean, source: string): TraceBuilder => {
      const trace = begun()
      primaryFails(trace)
      trace.says(askBackup(trace), 'Paid.')
      return trace.concluded({ answer: 'Paid.', ...from(source, { degraded }) })
    }
    expect(judge(degradedFlag, other(true, 'backup'))).toBe('holds')
    expect(judge(degradedFlag, other(false, 'backup'))).toContain('it claims the answer of source "backup"')
    expect(judge(degradedFlag, other(false, 'primary'))).toContain('source "backup" gave the reply of call 1')
    expect(judge(degradedFlag, straight(false, 'safe_mode'))).toContain('source "safe_mode"')
  })

  it('wants it where another source took part on the way', () => {
    const trace = begun()
    primaryFails(trace)
    trace.reply(askBackup(trace), [toolCall('a')])
    const history = { toolCalls: [toolCall('a')], toolResults: [{ callId: 'a', content: '' }] }
    trace.says(askPrimary(trace, 0, history), 'Paid.')
    trace.concluded({ answer: 'Paid.', ...from('primary', { degraded: false }) })
    expect(judge(degradedFlag, trace)).toContain('call 1, on which the task went on')
  })

  it('wants it for words that no reply has', () => {
    const trace = begun()
    primaryFails(trace)
    trace.concluded({ answer: 'Paid.', ...from('primary', { degraded: false }) })
    expect(judge(degradedFlag, trace)).toContain('no whole reply in this task has those words')
  })
})

describe('F13 a chain at its end', () => {
  const exhausted = (stop: string, source = 'none'): TraceBuilder => {
    const trace = begun()
    primaryFails(trace)
    trace.answer(askBackup(trace), 503)
    return trace.concluded({ stop, ...from(source) })
  }

  it('holds for a stop that says so', () => {
    expect(verdictOf(exhaustion, exhausted('llm_api_error'), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(exhaustion, exhausted('error', 'template'))).toBe('holds')
  })

  it('is violated by a success that no source gave', () => {
    expect(judge(exhaustion, exhausted('end_turn', 'template'))).toBe(
      'task "refund-0" stopped at 0.100 s with reason "end_turn" and claims source "template", but all 2 requests for that reply brought none: call 1, sent at 0.100 s, was answered 503 at 0.100 s',
    )
    expect(judge(exhaustion, begun().concluded())).toContain('it had asked no source at all')
    const later = begun()
    later.reply(askPrimary(later), [toolCall('a')])
    primaryFails(later)
    expect(judge(exhaustion, later.concluded())).toContain('its only request for that reply brought none')
  })

  it('leaves kept answers to the properties of caches', () => {
    expect(judge(exhaustion, exhausted('end_turn', 'cache'))).toBe('vacuous')
    const kept = begun()
    kept.says(askPrimary(kept), 'Paid.').concluded({ answer: 'Paid.' }).begun(1)
    primaryFails(kept, 500, 1)
    expect(judge(exhaustion, kept.concluded({ answer: 'Paid.' }, 1))).toBe('vacuous')
  })
})
