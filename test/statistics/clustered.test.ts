import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { clusterOf, clusterOfCounts, clusterOfPairs } from '../../src/statistics/cluster.ts'
import { clusteredInterval, clusteredMean } from '../../src/statistics/clustered-mean.ts'
import { designEffect, observedDesignEffect } from '../../src/statistics/design-effect.ts'
import { effectiveTrials, kornGraubard } from '../../src/statistics/korn-graubard.ts'
import { pairedDifference } from '../../src/statistics/paired-difference.ts'

const score = fc.double({ min: -10, max: 10, noNaN: true })
const clusterings = fc.array(fc.array(score, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 12 })

/** The formula as it is printed, with a double sum over the pairs of each cluster. */
function asPrinted(clusters: readonly (readonly number[])[]): { naive: number; clustered: number } {
  const all = clusters.flat()
  const n = all.length
  const mean = all.reduce((sum, value) => sum + value, 0) / n
  const naive = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n * (n - 1))
  let cross = 0
  for (const cluster of clusters) {
    for (const [i, one] of cluster.entries()) {
      for (const [j, other] of cluster.entries()) if (i !== j) cross += (one - mean) * (other - mean)
    }
  }
  return { naive: Math.sqrt(naive), clustered: Math.sqrt(Math.max(0, naive + cross / n ** 2)) }
}

describe('the clustered standard error', () => {
  it.each([
    {
      scores: [
        [1, 1, 1],
        [0, 0],
        [1, 0],
        [1, 1, 1],
      ],
      mean: 0.7,
      naive: 0.152752523,
      clustered: 0.199332219,
    },
    {
      scores: [
        [1, 1, 1, 1],
        [0, 0, 0, 0],
        [1, 1, 1, 1],
        [0, 0, 0, 0],
      ],
      mean: 0.5,
      naive: 0.129099445,
      clustered: 0.252074724,
    },
  ])('has the reference value $clustered', ({ scores, mean, naive, clustered }) => {
    const found = clusteredMean(scores.map(clusterOf))
    expect(found.mean).toBeCloseTo(mean, 12)
    expect(found.independentError).toBeCloseTo(naive, 9)
    expect(found.standardError).toBeCloseTo(clustered, 9)
    const counts = scores.map((cluster) => clusterOfCounts(clusterOf(cluster).sum, cluster.length))
    expect(clusteredMean(counts)).toEqual(found)
  })

  it('is the double sum over pairs, from sums alone', () => {
    fc.assert(
      fc.property(clusterings, (clusters) => {
        const found = clusteredMean(clusters.map(clusterOf))
        const { naive, clustered } = asPrinted(clusters)
        expect(found.independentError).toBeCloseTo(naive, 6)
        expect(found.standardError).toBeCloseTo(clustered, 6)
      }),
    )
  })

  it('is the plain standard error where every score stands alone', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 30 }), (scores) => {
        const found = clusteredMean(scores.map((one) => clusterOf([one])))
        expect(found.standardError).toBeCloseTo(found.independentError ?? Number.NaN, 9)
      }),
    )
  })

  it('grows by the root of the number of repeats when scores are only copied, never shrinks', () => {
    const scores = [0, 1, 1, 0, 1, 1, 1, 0, 1, 1]
    const once = clusteredMean(scores.map((one) => clusterOf([one])))
    const copied = clusteredMean(scores.map((one) => clusterOf(Array.from({ length: 50 }, () => one))))
    // The naive error shrinks with every copy, and the clustered one knows that nothing was learnt.
    expect((once.independentError ?? 0) / (copied.independentError ?? 1)).toBeGreaterThan(7)
    expect(copied.standardError).toBeGreaterThan(0.94 * (once.standardError ?? 1))
  })

  it('keeps its digits where scores are large and close', () => {
    const near = clusteredMean([[1, 2], [3], [4, 4]].map(clusterOf)).standardError ?? 0
    const far = clusteredMean([[1e6 + 1, 1e6 + 2], [1e6 + 3], [1e6 + 4, 1e6 + 4]].map(clusterOf)).standardError
    expect(far).toBeCloseTo(near, 4)
  })

  it('is null for one cluster, empty clusters count for nothing, and no score at all is refused', () => {
    expect(clusteredMean([clusterOf([1, 0, 1])])).toMatchObject({ clusters: 1, standardError: null })
    expect(clusteredMean([clusterOf([1])]).independentError).toBeNull()
    expect(clusteredInterval(clusteredMean([clusterOf([1, 0])]))).toBeNull()
    expect(clusteredMean([[1], [], [0]].map(clusterOf))).toEqual(clusteredMean([[1], [0]].map(clusterOf)))
    expect(() => clusteredMean([])).toThrow('give at least one number')
    expect(() => clusteredMean([clusterOf([1, Number.NaN])])).toThrow('give scores that are finite numbers')
    expect(() => clusterOfCounts(3, 2)).toThrow('Successes are 3 of 2 trials')
  })
})

describe('the paired standard error', () => {
  const a = [1, 1, 0, 1, 0, 1, 1, 0]
  const b = [1, 0, 0, 1, 0, 0, 1, 1]

  it('has the reference values', () => {
    const found = pairedDifference(a.map((one, index) => ({ first: [one], second: [b[index] ?? 0] })))
    expect(found.difference).toBe(0.125)
    expect(found.standardError).toBeCloseTo(0.22658174, 7)
    expect(found.unpairedError).toBeCloseTo(0.26305214, 7)
    // ½ over the square root of 15/8 · 2
    expect(found.correlation).toBeCloseTo(Math.sqrt(1 / 15), 12)
  })

  it('is the same from counts of pairs won, lost and tied', () => {
    const clusters = [0, 4].map((from) => ({ first: a.slice(from, from + 4), second: b.slice(from, from + 4) }))
    const tallies = clusters.map(({ first, second }) => {
      const won = first.filter((one, index) => one > (second[index] ?? 0)).length
      const lost = first.filter((one, index) => one < (second[index] ?? 0)).length
      return clusterOfPairs({ won, lost, tied: first.length - won - lost })
    })
    const fromScores = pairedDifference(clusters)
    expect(clusteredMean(tallies).mean).toBe(fromScores.difference)
    expect(clusteredMean(tallies).standardError).toBeCloseTo(fromScores.standardError ?? Number.NaN, 12)
  })

  it('sees no difference, and no doubt, between an agent and itself', () => {
    const found = pairedDifference(a.map((one) => ({ first: [one], second: [one] })))
    expect(found).toMatchObject({ difference: 0, standardError: 0 })
    expect(found.correlation).toBeCloseTo(1, 12)
    expect(found.unpairedError).toBeGreaterThan(0.2)
  })

  it('is refused where the sides are not equally long', () => {
    expect(() => pairedDifference([{ first: [1, 0], second: [1] }])).toThrow(
      'A cluster has 2 and 1 scores: give pairs.',
    )
  })
})

describe('the design effect', () => {
  it('is 2.96 for clusters of 50 at a correlation of 0.04, and 1 for clusters of one', () => {
    expect(designEffect(50, 0.04)).toBeCloseTo(2.96, 12)
    expect(designEffect(1, 0.9)).toBe(1)
    expect(() => designEffect(0, 0.1)).toThrow('give a size of at least 1')
  })

  it('is near the number of copies where clusters are copies', () => {
    const copies = [0, 1, 1, 0, 1, 0, 1, 1].map((one) => clusterOfCounts(one * 20, 20))
    expect(observedDesignEffect(clusteredMean(copies))).toBeCloseTo(20, 0)
    expect(observedDesignEffect(clusteredMean([clusterOfCounts(3, 3), clusterOfCounts(2, 2)]))).toBeNull()
  })
})

describe('kornGraubard', () => {
  const singles = (successes: number, trials: number) =>
    Array.from({ length: trials }, (_, index) => clusterOfCounts(index < successes ? 1 : 0, 1))

  it('is Clopper–Pearson where every trial stands alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(200), (trials, some) => {
        const successes = some % (trials + 1)
        const [low, high] = kornGraubard(singles(successes, trials))
        const expected = clopperPearson(successes, trials)
        expect(low).toBeCloseTo(expected[0], 9)
        expect(high).toBeCloseTo(expected[1], 9)
      }),
    )
  })

  it('counts each task once where its repeats are copies, and is wider still for few tasks', () => {
    const copies = Array.from({ length: 40 }, (_, task) => clusterOfCounts(task < 30 ? 25 : 0, 25))
    const mean = clusteredMean(copies)
    const worth = effectiveTrials(mean)
    expect(effectiveTrials(mean, 0.05)).toBe(worth)
    expect(effectiveTrials(mean, 0.001)).toBeLessThan(worth)
    expect(worth).toBeGreaterThan(33)
    expect(worth).toBeLessThan(40)
    const [low, high] = kornGraubard(copies)
    const naive = clopperPearson(750, 1_000)
    expect(high - low).toBeGreaterThan(4 * (naive[1] - naive[0]))
    expect(low).toBeLessThan(0.75)
    expect(high).toBeGreaterThan(0.75)
  })

  it('claims no more than its tasks where all succeeded', () => {
    const perfect = Array.from({ length: 50 }, () => clusterOfCounts(4, 4))
    expect(kornGraubard(perfect)).toEqual(clopperPearson(50, 50))
    expect(kornGraubard([clusterOfCounts(0, 100), clusterOfCounts(0, 100)])).toEqual(clopperPearson(0, 2))
  })

  it('never claims more than as many independent trials would', () => {
    const tasks = fc.array(
      fc.integer({ min: 1, max: 8 }).chain((trials) => fc.nat(trials).map((won) => clusterOfCounts(won, trials))),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(tasks, (clusters) => {
        const mean = clusteredMean(clusters)
        const [low, high] = kornGraubard(clusters)
        const [lowest, highest] = clopperPearson(Math.min(mean.size, mean.mean * mean.size), mean.size)
        expect(low).toBeLessThanOrEqual(lowest + 1e-9)
        expect(high).toBeGreaterThanOrEqual(highest - 1e-9)
      }),
    )
  })
})
