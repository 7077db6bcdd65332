import { describe, expect, it } from 'vitest'
import type { Claims } from '../../../src/contract/outcome.ts'
import { accuracyAbstain } from '../../../src/properties/accuracy/abstain.ts'
import { accuracyEvidence } from '../../../src/properties/accuracy/evidence.ts'
import { accuracyMonotone } from '../../../src/properties/accuracy/monotone.ts'
import { accuracyPresence } from '../../../src/properties/accuracy/presence.ts'
import { accuracySmallSample } from '../../../src/properties/accuracy/small-sample.ts'
import { sentenceOf } from '../_trace.ts'
import { judged } from './_answers.ts'

/** 81 of 263 by Newcombe 1998: Clopper–Pearson 0.2527 to 0.3676. */
const evidence = {
  value: 0.3,
  method: 'graded trials',
  trials: 263,
  successes: 81,
  interval: [0.2527, 0.3676] as [number, number],
  stratum: 'refunds',
}
const from = (source: string, declaredAccuracy: Claims['declaredAccuracy']): { claims: Claims } => ({
  claims: declaredAccuracy === undefined ? { source } : { source, declaredAccuracy },
})

it.each([accuracyPresence, accuracyEvidence, accuracyAbstain, accuracyMonotone, accuracySmallSample])(
  '$id does not apply to an agent that declares no accuracies',
  (property) => {
    expect(judged(property, [{}], {})).toEqual({ verdict: 'not applicable' })
  },
)

describe('A1 presence', () => {
  it('holds where each answer carries a share, evidence or that it is unknown', () => {
    const answers = [0.9, 'unknown' as const, evidence].map((declared) => from('primary', declared))
    expect(judged(accuracyPresence, answers)).toEqual({ verdict: 'holds', triggers: 3 })
  })

  it('is violated by an answer without any', () => {
    expect(sentenceOf(judged(accuracyPresence, [from('primary', 0.9), {}]))).toBe(
      'task "task 1" was answered at 1.000 s without a declared accuracy',
    )
  })

  it('asks nothing of a task without an answer', () => {
    expect(judged(accuracyPresence, [{ answer: null }])).toEqual({ verdict: 'vacuous' })
  })
})

describe('A2 evidence', () => {
  it('holds where the interval is that of the counts, rounded or not', () => {
    expect(judged(accuracyEvidence, [from('primary', evidence)])).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it.each([
    ['no evidence', 0.9, 'declared accuracy 0.9 without any evidence'],
    [
      'another interval',
      { ...evidence, interval: [0.28, 0.33] as [number, number] },
      'and the interval 0.28 to 0.33, but 81 successes in 263 trials give 0.2527 to 0.3676',
    ],
    ['a share outside it', { ...evidence, value: 0.4 }, 'outside its own interval 0.2527 to 0.3676'],
    ['counts that cannot be', { ...evidence, successes: 300 }, 'on 300 successes in 263 trials, which cannot be'],
  ])('is violated by %s', (_what, declared, words) => {
    expect(sentenceOf(judged(accuracyEvidence, [from('primary', declared)]))).toContain(words)
  })

  it('has nothing to judge where the accuracy is unknown', () => {
    expect(judged(accuracyEvidence, [from('primary', 'unknown')])).toEqual({ verdict: 'vacuous' })
  })
})

describe('A5 monotone', () => {
  it('holds for a chain that gets worse, or as bad', () => {
    const answers = [from('primary', 0.9), from('cache', 0.7), from('template', 'unknown'), from('primary', 0.7)]
    expect(judged(accuracyMonotone, answers)).toEqual({ verdict: 'holds', triggers: 3 })
  })

  it.each([
    ['later', [from('primary', 0.8), from('cache', 0.85)]],
    ['earlier', [from('cache', 0.85), from('primary', 0.8)]],
  ])('is violated by a better later source, whichever came %s', (_which, answers) => {
    expect(sentenceOf(judged(accuracyMonotone, answers))).toMatch(
      /^at 1\.000 s the answer of cache to task "task [01]" stands declared as 0\.85 without evidence, above the 0\.8 of primary/,
    )
  })

  it('admits evidence that says otherwise', () => {
    expect(judged(accuracyMonotone, [from('primary', 0.1), from('cache', evidence)])).toMatchObject({
      verdict: 'holds',
    })
  })
})

describe('A7 abstain', () => {
  it('holds where an answer that nothing supports is declared unknown or 0', () => {
    const answers = (['unknown', 0, undefined] as const).map((one) => ({
      ...from('template', one),
      isSupported: false,
    }))
    expect(judged(accuracyAbstain, answers)).toEqual({ verdict: 'holds', triggers: 3 })
  })

  it('is violated where it is declared to be right', () => {
    expect(sentenceOf(judged(accuracyAbstain, [{ ...from('template', 0.5), isSupported: false }]))).toBe(
      'task "task 0" was answered at 0.000 s with the declared accuracy 0.5, though no upstream had answered well on its behalf',
    )
  })

  it('has nothing against an answer from the cache, which rests on the one it repeats', () => {
    expect(judged(accuracyAbstain, [{ ...from('cache', 0.5), isSupported: false }])).toEqual({ verdict: 'vacuous' })
  })
})

describe('A10 small sample', () => {
  it('holds for evidence of enough trials, and judges no number without evidence', () => {
    expect(judged(accuracySmallSample, [from('primary', evidence)])).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judged(accuracySmallSample, [from('primary', 0.9)])).toEqual({ verdict: 'vacuous' })
  })

  it('is violated by a number on fewer', () => {
    expect(
      sentenceOf(judged(accuracySmallSample, [from('primary', { ...evidence, trials: 29, successes: 9 })])),
    ).toContain('on 29 trials, where 30 are the declared minimum')
  })
})
