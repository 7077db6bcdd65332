import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import { fallbackCost } from '../../../src/properties/fallback/cost.ts'
import { fallbackEffects } from '../../../src/properties/fallback/effects.ts'
import { fallbackFit } from '../../../src/properties/fallback/fit.ts'
import { fallbackPolicy } from '../../../src/properties/fallback/policy.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'
import { askBackup, askPrimary, chain, from, primaryFails, profile } from './_chain.ts'

const judge = (property: Property, trace: TraceBuilder, declared: Parameters<typeof verdictOf>[2] = profile) =>
  sentenceOf(verdictOf(property, trace, declared))
const begun = () => new TraceBuilder().begun(0)

describe('F9 fit', () => {
  it('counts the reply into the window', () => {
    const trace = begun()
    askBackup(trace, 0, { inputTokens: 80, maxOutputTokens: 20 })
    expect(verdictOf(fallbackFit, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
    askBackup(trace, 0, { inputTokens: 80, maxOutputTokens: 21 })
    expect(judge(fallbackFit, trace)).toBe(
      'task "refund-0" asked source "backup" with 101 tokens, its reply included, but the window of that source is 100 (call 1 at 0.000 s)',
    )
  })

  it('knows the tools of each source', () => {
    const declared = { fallback: { chain: [chain[0]!, { source: 'backup', upstream: 'backup', tools: ['lookup'] }] } }
    const trace = begun()
    askPrimary(trace, 0, { offeredTools: ['refund'] })
    askBackup(trace, 0, { offeredTools: ['lookup'] })
    expect(judge(fallbackFit, trace, declared)).toBe('holds')
    askBackup(trace, 0, { offeredTools: ['lookup', 'refund'] })
    expect(judge(fallbackFit, trace, declared)).toContain('offered tool "refund" to source "backup"')
    expect(judge(fallbackFit, trace, { fallback: { chain: [chain[0]!, chain[3]!] } })).toBe('not applicable')
  })

  describe('of a request that a fault had the agent count wrong', () => {
    const miscounted = (trace = begun(), task = 0): TraceBuilder => {
      const count = trace.lookUp('token counter', { task })
      return trace.struck(count, 'tokens.undercounted').answer(count, 200)
    }
    const tooLong = { inputTokens: 101 }

    it('does not blame the agent', () => {
      const trace = miscounted()
      askBackup(trace, 0, tooLong)
      expect(judge(fallbackFit, trace)).toBe('vacuous')
      const other = miscounted(begun().begun(1), 1)
      askBackup(other, 0, tooLong)
      expect(judge(fallbackFit, other)).toContain('with 101 tokens')
      const poisoned = begun()
      poisoned.struck(poisoned.lookUp('archive'), 'memory.poisoned')
      askBackup(poisoned, 0, tooLong)
      expect(judge(fallbackFit, poisoned)).toContain('with 101 tokens')
    })

    it('does not blame it for repeating that request after a passing failure, nor for a summary that misleads', () => {
      const repeated = miscounted()
      repeated.answer(askBackup(repeated, 0, tooLong), 503)
      askBackup(repeated, 0, tooLong)
      expect(judge(fallbackFit, repeated)).toBe('vacuous')
      const declared = { ...profile, summaries: { instructions: 'Sum up what was said.' } }
      const summed = miscounted()
      summed.says(
        summed.model({ model: 'mini' }, { upstream: 'backup', body: 'Sum up what was said.' }),
        'All was said.',
      )
      askBackup(summed, 0, tooLong)
      expect(judge(fallbackFit, summed, declared)).toBe('vacuous')
    })

    it('blames it as soon as it has been told, and after the next reply', () => {
      const told = miscounted()
      told.answer(askBackup(told, 0, tooLong), 400)
      askBackup(told, 0, tooLong)
      expect(judge(fallbackFit, told)).toContain('asked source "backup" with 101 tokens')
      const answered = miscounted()
      answered.says(askBackup(answered), 'All is well.')
      askBackup(answered, 0, tooLong)
      expect(judge(fallbackFit, answered)).toContain('asked source "backup" with 101 tokens')
    })

    it('still wants only tools that the source may have', () => {
      const declared = { fallback: { chain: [chain[0]!, { ...chain[2]!, tools: [] }] } }
      const trace = miscounted()
      askBackup(trace, 0, { ...tooLong, offeredTools: ['lookup'] })
      expect(judge(fallbackFit, trace, declared)).toContain('offered tool "lookup" to source "backup"')
    })
  })

  it('wants one of the sources that a request can stand for', () => {
    const pair = ['a', 'b'].map((source, place) => ({ source, upstream: 'openai', windowTokens: 10 + place * 10 }))
    const trace = begun()
    askPrimary(trace, 0, { inputTokens: 15 })
    expect(judge(fallbackFit, trace, { fallback: { chain: pair } })).toBe('holds')
    askPrimary(trace, 0, { inputTokens: 25 })
    expect(judge(fallbackFit, trace, { fallback: { chain: pair } })).toContain('the window of that source is 10')
  })
})

describe('F11 effects', () => {
  const acted = (turns: boolean, key = 'refund:A-1'): TraceBuilder => {
    const trace = begun()
    trace.reply(askPrimary(trace), [toolCall('a', 'refund')])
    const first = trace.tool('refund')
    trace.effect(first, 'refund', 'refund:A-1').after(100).failed(first)
    trace.after(100).answer(askPrimary(trace), 500)
    if (turns) trace.reply(askBackup(trace), [toolCall('b', 'refund')])
    return trace.effect(trace.tool('refund'), 'refund', key)
  }

  it('is violated by an effect that another source causes again', () => {
    expect(judge(fallbackEffects, acted(true))).toBe(
      'effect "refund:A-1" was applied at 0.000 s by call 1 and again at 0.200 s by call 4, after task "refund-0" had turned to source "backup" (call 3)',
    )
  })

  it('holds for another effect, and leaves repeats by one source to L11', () => {
    expect(verdictOf(fallbackEffects, acted(true, 'refund:A-2'), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(fallbackEffects, acted(false))).toBe('vacuous')
  })
})

describe('F14 policy', () => {
  it('offers another source no more than the primary had', () => {
    const trace = begun()
    trace.answer(askPrimary(trace, 0, { offeredTools: ['lookup'] }), 500)
    askBackup(trace, 0, { offeredTools: ['lookup'] })
    expect(verdictOf(fallbackPolicy, trace, profile)).toEqual({ verdict: 'holds', triggers: 1 })
    askBackup(trace, 0, { offeredTools: ['lookup', 'shell'] })
    expect(judge(fallbackPolicy, trace)).toBe(
      'task "refund-0" asked source "backup" at 0.000 s (call 2) and offered it tool "shell", which the primary was not offered in this task',
    )
  })

  it('is violated where a question that was declined is taken elsewhere', () => {
    const body = JSON.stringify({ choices: [{ message: { content: null, refusal: 'I cannot.' } }] })
    const declined = begun()
    declined.says(askPrimary(declined), null, 'stop', body)
    expect(judge(fallbackPolicy, declined)).toBe('holds')
    askBackup(declined)
    expect(judge(fallbackPolicy, declined)).toContain(
      'with the same question, although it had declined with "I cannot." where it was asked before (call 0)',
    )
    const filtered = begun()
    filtered.says(askPrimary(filtered), 'So', 'content_filter')
    askBackup(filtered)
    expect(judge(fallbackPolicy, filtered)).toContain('its reply had been filtered')
  })

  it('is violated by an answer of a model that is no source', () => {
    const outside = (model: string): TraceBuilder => {
      const trace = begun()
      primaryFails(trace)
      return trace.says(trace.model({ model }), 'Sure.').concluded({ answer: 'Sure.' })
    }
    expect(judge(fallbackPolicy, outside('wild'))).toContain('the words of model "wild" at "openai" (call 1)')
    expect(judge(fallbackPolicy, outside('gpt'))).toBe('vacuous')
  })
})

describe('F15 cost', () => {
  const declared = { retry: { maxAttempts: 2 }, fallback: { chain, maxCostMultiple: 1.5 } }
  const asking = (backups: number): TraceBuilder => {
    const trace = begun()
    primaryFails(trace)
    primaryFails(trace)
    for (let i = 0; i < backups; i++) trace.answer(askBackup(trace), 500)
    return trace.concluded({ answer: null, stop: 'llm_api_error', ...from('none') })
  }

  it('counts the requests of a task against what the primary alone would need', () => {
    expect(verdictOf(fallbackCost, asking(1), declared)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(fallbackCost, asking(2), declared)).toBe(
      'task "refund-0" had sent 4 requests to models when it ended at 0.200 s, but it looked for 1 replies, for which the primary alone would have needed 2 requests each, and the agent declares at most 1.5 times as many',
    )
    expect(judge(fallbackCost, asking(2))).toBe('not applicable')
  })

  it('gives each reply its own share', () => {
    const trace = begun()
    for (const id of ['a', 'b']) trace.reply(askPrimary(trace), [toolCall(id)])
    primaryFails(trace)
    trace.answer(askBackup(trace), 500)
    for (let i = 0; i < 5; i++) askBackup(trace)
    expect(judge(fallbackCost, trace.concluded(), declared)).toBe('holds')
  })
})
