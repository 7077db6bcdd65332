import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConditionCounts } from '../../src/objectives/condition-counts.ts'
import { requireEvidence } from '../../src/objectives/declaration-evidence.ts'
import { type DraftTerms, draftValues } from '../../src/objectives/draft-values.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { conditionOf, tasksOf } from './_counts.ts'

const terms: DraftTerms = { metrics: ['task_success'], minimumTrials: 100, digits: 3, laterShare: null }

function drafted(solved: number, of: number, changes: Partial<DraftTerms> = {}): number | undefined {
  return draftValues([conditionOf(tasksOf(solved, of))], { ...terms, ...changes }).values[0]?.value
}

/** The chance that an agent of a rate solves so many tasks or more: a value is supported while it is at most 2.5 %. */
function chanceOfAtLeast(solved: number, of: number, rate: number): number {
  let chance = 0
  for (let count = solved; count <= of; count++) chance += Math.exp(binomialLogPmf(count, of, rate))
  return chance
}

const counts = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([of, share]) => ({ of, solved: Math.round(of * share) }))

describe('draftValues', () => {
  it('never declares more than the lower bound of the evidence, for any counts and any number of digits', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 6 }),
        fc.oneof(fc.constant(null), fc.double({ min: 0.01, max: 1, noNaN: true })),
        (seen, digits, laterShare) => {
          const { values } = draftValues([conditionOf(tasksOf(seen.solved, seen.of))], {
            ...terms,
            minimumTrials: 1,
            digits,
            laterShare,
          })
          for (const { value, evidence } of values) {
            expect(value).toBeLessThanOrEqual(evidence.interval[0])
            // The same without the interval: seeing this much by luck would be rarer than one time in forty.
            expect(chanceOfAtLeast(seen.solved, seen.of, value)).toBeLessThanOrEqual(0.025)
            expect(() => requireEvidence(value, evidence, 'the draft')).not.toThrow()
          }
        },
      ),
    )
  })

  it('rounds down, and only as far as asked: 29 % stays 29 %', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 6 }), ({ solved, of }, digits) => {
        const exact = draftValues([conditionOf(tasksOf(solved, of))], { ...terms, minimumTrials: 1, digits: 6 })
        const rounded = drafted(solved, of, { minimumTrials: 1, digits }) ?? 0
        const lost = (exact.values[0]?.value ?? 0) - rounded
        expect(lost).toBeGreaterThanOrEqual(0)
        expect(lost).toBeLessThan(10 ** -digits)
      }),
    )
  })

  it('has the values of the tables: 990 of 1,000 support 98.1 %, and 300 of 300 no more than 98.7 %', () => {
    expect(drafted(990, 1_000)).toBe(0.981)
    expect(drafted(300, 300)).toBe(0.987)
    expect(drafted(300, 300, { digits: 6 })).toBe(0.987779)
  })

  it('declares nothing from 20 trials unless that is asked for, and then little', () => {
    expect(drafted(20, 20)).toBeUndefined()
    expect(drafted(20, 20, { minimumTrials: 20 })).toBe(0.831)
    expect(draftValues([conditionOf(tasksOf(20, 20))], terms).leftOut).toEqual([
      { metric: 'task_success', stratum: null, condition: 'without faults', observations: 20, why: 'too few' },
    ])
  })

  it('declares no share of 0, which guarantees nothing', () => {
    expect(draftValues([conditionOf(tasksOf(0, 500))], terms).leftOut).toMatchObject([{ why: 'no share' }])
  })

  it('counts trials and not tasks where trials have several', () => {
    const crowded = conditionOf(tasksOf(980, 1_000, { trials: 50 }))
    expect(draftValues([crowded], terms).leftOut).toMatchObject([{ observations: 50, why: 'too few' }])
    const [value] = draftValues([crowded], { ...terms, minimumTrials: 50 }).values
    expect(value).toMatchObject({ value: 0.893, evidence: { successes: 980, of: 1_000, observations: 50 } })
  })

  it('speaks of every metric, kind of task and condition that has enough, and of a single kind not twice', () => {
    const mixed: ConditionCounts = conditionOf(tasksOf(990, 1_000), {
      name: 'attacks',
      countedTrials: 1_600,
      strata: { refunds: tasksOf(990, 1_000), letters: tasksOf(500, 600), rare: tasksOf(10, 10) },
      attacked: { caught: 400, missed: 0 },
    })
    const { values, leftOut } = draftValues([conditionOf(tasksOf(500, 500)), mixed], {
      ...terms,
      metrics: ['task_success', 'violation_detection'],
    })
    expect(values.map(({ metric, stratum, faultClass }) => [metric, stratum, faultClass])).toEqual([
      ['task_success', undefined, 'without faults'],
      ['task_success', undefined, 'attacks'],
      ['violation_detection', undefined, 'attacks'],
      ['task_success', 'refunds', 'attacks'],
      ['task_success', 'letters', 'attacks'],
    ])
    expect(leftOut.map(({ stratum, why }) => [stratum, why])).toEqual([['rare', 'too few']])
  })

  it('leaves room for smaller runs: one run of a hundred at most fails to uphold what the evidence guarantees', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.1, max: 0.9, noNaN: true }), ({ solved, of }, laterShare) => {
        const [value] = draftValues([conditionOf(tasksOf(solved, of))], {
          ...terms,
          minimumTrials: 1,
          digits: 6,
          laterShare,
        }).values
        if (value === undefined) return
        const later = Math.floor(of * laterShare)
        const [guaranteed] = value.evidence.interval
        let chance = 0
        for (let count = 0; count <= later; count++) {
          const isUpheld = chanceOfAtLeast(count, later, value.value) <= 0.025
          if (!isUpheld) chance += Math.exp(binomialLogPmf(count, later, guaranteed))
        }
        expect(chance).toBeLessThanOrEqual(0.010_001)
      }),
      { numRuns: 50 },
    )
    expect(drafted(2_000, 2_000)).toBe(0.998)
    expect(drafted(2_000, 2_000, { laterShare: 0.25 })).toBe(0.979)
    expect(draftValues([conditionOf(tasksOf(390, 400))], { ...terms, laterShare: 0.2 }).leftOut).toMatchObject([
      { observations: 80, why: 'too few later' },
    ])
  })
})
