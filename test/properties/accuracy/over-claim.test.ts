import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Conclusion, Property, Samples } from '../../../src/contract/property.ts'
import { accuracyOverClaim } from '../../../src/properties/accuracy/over-claim.ts'
import { accuracyUnderFault } from '../../../src/properties/accuracy/over-claim-under-fault.ts'
import { factsOf } from '../_trace.ts'
import { type Answer, declaring, judged } from './_answers.ts'

const answer = (declaredAccuracy: number, isRight: boolean, more: Partial<Answer> = {}): Answer => ({
  claims: { source: 'primary', declaredAccuracy },
  problem: isRight ? null : 'wrong order',
  ...more,
})

/** Adds up the samples of trials, as a search does, and concludes. */
function concluded(property: Property, trials: readonly (readonly Answer[])[]): Conclusion | undefined {
  const samples: Record<string, number> = {}
  for (const trial of trials) {
    const verdict = judged(property, trial)
    const observed: Samples = verdict.verdict === 'holds' ? (verdict.samples ?? {}) : {}
    for (const [key, count] of Object.entries(observed)) samples[key] = (samples[key] ?? 0) + count
  }
  return property.conclude?.(samples, factsOf(declaring))
}

const many = (count: number, right: number, declared: number, more?: Partial<Answer>): Answer[] =>
  Array.from({ length: count }, (_, index) => answer(declared, index < right, more))

describe('A3 over-claimed accuracy', () => {
  it('holds where answers are right as often as declared', () => {
    expect(concluded(accuracyOverClaim, [many(100, 90, 0.9)])).toEqual({
      verdict: 'holds',
      sentence: 'primary: 90 of 100 right where 0.9 is declared',
    })
  })

  it('is violated where they are right much less often, and says for which stratum', () => {
    const trials = [many(100, 60, 0.9), many(100, 95, 0.9, { claims: { source: 'cache', declaredAccuracy: 0.9 } })]
    expect(concluded(accuracyOverClaim, trials)).toEqual({
      verdict: 'violated',
      sentence: 'primary: 60 of 100 right where 0.9 is declared',
    })
  })

  it('is vacuous without a graded answer that declares a share', () => {
    const trials = [[{ claims: { declaredAccuracy: 'unknown' as const } }], [answer(0.9, true, { answer: null })]]
    expect(concluded(accuracyOverClaim, trials)).toMatchObject({ verdict: 'vacuous' })
  })

  it('does not depend on how the answers are spread over trials', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), fc.nat(59), (grades, cut) => {
        const answers = grades.map((isRight) => answer(0.8, isRight))
        const inOne = concluded(accuracyOverClaim, [answers])
        expect(concluded(accuracyOverClaim, [answers.slice(0, cut), answers.slice(cut)])).toEqual(inOne)
      }),
    )
  })

  it('never accuses an agent whose answers are right at least as often as declared', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, declared) => {
        const right = Math.ceil(count * declared)
        expect(concluded(accuracyOverClaim, [many(count, right, declared)])?.verdict).toBe('holds')
      }),
    )
  })
})

describe('A4 over-claimed accuracy under fault', () => {
  it('is violated by an accuracy that holds on good days and is declared on bad ones, too', () => {
    const good = many(200, 195, 0.9)
    const bad = many(60, 20, 0.9, { struckBy: ['tool.error', 'tool.truncated'] })
    expect(concluded(accuracyUnderFault, [good, bad])).toEqual({
      verdict: 'violated',
      sentence: 'primary under tool failures: 20 of 60 right where 0.9 is declared',
    })
    expect(concluded(accuracyOverClaim, [good])).toMatchObject({ verdict: 'holds' })
  })

  it('counts no task whose reply was changed so that nobody could notice', () => {
    const good = many(60, 60, 0.9)
    const garbled = many(60, 0, 0.9, { struckBy: ['sse.reorder', 'latency.fixed'] })
    expect(concluded(accuracyUnderFault, [good, garbled])).toMatchObject({ verdict: 'vacuous' })
    expect(concluded(accuracyOverClaim, [good, garbled])).toMatchObject({ verdict: 'holds' })
  })

  it('counts a task once for each family that struck it', () => {
    const both = [answer(0.5, true, { struckBy: ['tool.error', 'tool.error', 'openai.429.rpm'] })]
    expect(concluded(accuracyUnderFault, [both])).toEqual({
      verdict: 'holds',
      sentence:
        'primary under rate limits: 1 of 1 right where 0.5 is declared; primary under tool failures: 1 of 1 right where 0.5 is declared',
    })
  })
})
