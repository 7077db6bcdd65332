import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import { cacheContent } from '../../../src/properties/fallback/cache-content.ts'
import { cacheKey } from '../../../src/properties/fallback/cache-key.ts'
import { staleness } from '../../../src/properties/fallback/staleness.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { asOf, askBackup, askPrimary, chain, from, primaryFails, profile } from './_chain.ts'

const judge = (property: Property, trace: TraceBuilder, declared = profile) =>
  sentenceOf(verdictOf(property, trace, declared))
const words = { input: 'Where is my refund?', user: 'ada' }

/** The primary answers Ada at 0.200 s, her task ends at 0.300 s. */
function made(): TraceBuilder {
  const trace = new TraceBuilder().begun(0, words)
  const call = askPrimary(trace)
  return trace
    .after(200)
    .says(call, 'On its way.')
    .after(100)
    .concluded({ answer: 'On its way.', ...from('primary') })
}

/** A later task is answered from the cache, 1 s after the answer that it was made from, or as told. */
function reused(trace: TraceBuilder, { who = words, answer = 'On its way.', afterMs = 900, asOfMs = 200 } = {}) {
  trace.begun(1, who)
  primaryFails(trace, 500, 1)
  return trace.after(afterMs - 100).concluded({ answer, ...from('cache', { asOfMs: asOf(asOfMs) }) }, 1)
}

describe('F4 key of a kept answer', () => {
  it('holds for the same user and the same words', () => {
    expect(verdictOf(cacheKey, reused(made()), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(cacheKey, reused(made(), { who: { ...words, input: ' Where is  my refund?' } }))).toBe('holds')
  })

  it('is violated by the answer of another user', () => {
    expect(judge(cacheKey, reused(made(), { who: { ...words, user: 'bob' } }))).toBe(
      'task "refund-1" answered "On its way." at 1.200 s from source "cache", but call 0 of task "refund-0" made it at 0.200 s for user "ada", and not for user "bob"',
    )
  })

  it('is violated by the answer to other words, of another model, or by one that nobody gave', () => {
    expect(judge(cacheKey, reused(made(), { who: { ...words, input: 'Cancel it.' } }))).toContain('for the words')
    expect(judge(cacheKey, reused(made(), { answer: 'Never.' }))).toContain('has never given that answer')
    const models = { fallback: { chain: [{ source: 'primary', upstream: 'openai' }, ...chain.slice(1)] } }
    const other = made().begun(1, words)
    const call = askPrimary(other, 1, { model: 'gpt-2' })
    other.answer(call, 500).concluded({ answer: 'On its way.', ...from('cache', { asOfMs: asOf(200) }) }, 1)
    expect(judge(cacheKey, other, models)).toContain('for a request to model "gpt", which is not the one asked')
  })

  it('is vacuous while nothing comes from a cache, and not applicable without one', () => {
    expect(judge(cacheKey, made())).toBe('vacuous')
    expect(judge(cacheKey, reused(made()), { fallback: { chain: [chain[0]!, chain[2]!] } })).toBe('not applicable')
  })
})

describe('F5 age of a kept answer', () => {
  it('holds within the declared age, with the time of the reply or of the end of its task', () => {
    expect(verdictOf(staleness, reused(made()), profile)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(staleness, reused(made(), { asOfMs: 300 }))).toBe('holds')
    expect(judge(staleness, reused(made(), { afterMs: 60_000, asOfMs: 300 }))).toBe('holds')
  })

  it('is violated one millisecond too late, whatever the agent claims', () => {
    expect(judge(staleness, reused(made(), { afterMs: 60_001, asOfMs: 300 }))).toBe(
      'task "refund-1" answered "On its way." at 60.301 s from source "cache", but it was made at 0.300 s at the latest, 60.001 s before, and the agent declares at most 60.000 s',
    )
    expect(judge(staleness, reused(made(), { afterMs: 60_001, asOfMs: 60_000 }))).toContain('0.300 s at the latest')
    expect(judge(staleness, reused(made(), { afterMs: 60_000, asOfMs: 200 }))).toContain('claims to be of 0.200 s')
  })

  it('is violated by a time that is missing, to come, or of no such answer', () => {
    const silent = made()
      .begun(1, words)
      .concluded({ answer: 'On its way.', ...from('cache') }, 1)
    expect(judge(staleness, silent)).toContain('does not say when')
    expect(judge(staleness, reused(made(), { asOfMs: 1_201 }))).toContain('which had not come yet')
    expect(judge(staleness, reused(made(), { asOfMs: 301 }))).toContain('it was made at 0.200 s (call 0)')
  })
})

describe('F6 content of a cache', () => {
  it('holds for a whole answer of the primary', () => {
    expect(verdictOf(cacheContent, reused(made()), profile)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a reply that broke off or was cut', () => {
    const broken = new TraceBuilder().begun(0, words)
    broken.brokeOff(askPrimary(broken), 'On its way.').concluded({ answer: null, stop: 'llm_api_error' })
    expect(judge(cacheContent, reused(broken))).toBe(
      'task "refund-1" answered "On its way." at 0.900 s from source "cache", but that is a text of task "refund-0" at 0.000 s (call 0) which never became whole',
    )
    expect(judge(cacheKey, broken)).toBe('holds')
    const cut = new TraceBuilder().begun(0, words)
    cut.says(askPrimary(cut), 'On its way.', 'length').concluded({ answer: null, stop: 'invalid_llm_response' })
    expect(judge(cacheContent, reused(cut))).toContain('ended with "length"')
  })

  it('is violated by the words of another source, and by the answer of a task that failed', () => {
    const other = new TraceBuilder().begun(0, words)
    primaryFails(other)
    other.says(askBackup(other), 'On its way.').concluded({ answer: 'On its way.', ...from('backup') })
    expect(judge(cacheContent, reused(other))).toContain('which source "backup" gave')
    const failed = new TraceBuilder().begun(0, words)
    primaryFails(failed)
    failed.concluded({ answer: 'On its way.', stop: 'llm_api_error' })
    expect(judge(cacheContent, reused(failed))).toContain('a task that stopped with "llm_api_error" gave')
  })
})
