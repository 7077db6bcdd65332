import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { clusterOf } from '../../src/statistics/cluster.ts'
import { clusteredInterval, clusteredMean } from '../../src/statistics/clustered-mean.ts'
import { meanInterval } from '../../src/statistics/mean-interval.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { verdictChances } from '../../src/statistics/verdict-chances.ts'

/** The tool that the project's documents were written about does each of these; it shall not come back. */
describe('what the ancestor got wrong in statistics', () => {
  it('a declared share was compared with a share that was seen: here its number of trials counts', () => {
    // 19 of 20 "meets" 0.95 there; it is what an agent of 0.85 shows or better in one run of six.
    const [low, high] = clopperPearson(19, 20)
    expect(low).toBeLessThan(0.8)
    expect(high).toBeGreaterThan(0.95)
    expect(verdictChances(20, 0.85, 0.95)).toMatchObject({ reached: 0 })
    // No run of 20 can uphold it, not even a perfect one.
    expect(clopperPearson(20, 20)[0]).toBeLessThan(0.95)
    expect(clopperPearson(1_950, 2_000)[0]).toBeGreaterThan(0.95)
  })

  it('a number that is missing passed in silence: here it is refused', () => {
    expect(() => clopperPearson(Number.NaN, 20)).toThrow('Successes are NaN of 20 trials')
    expect(() => clopperPearson(0, 0)).toThrow('Trials are 0')
    expect(() => clusteredMean([])).toThrow('give at least one number')
  })

  it('two agents were compared by a p-value of the normal distribution: here few values make an interval of Student’s', () => {
    const differences = [0.1, 0.3, -0.02, 0.25]
    const found = clusteredMean(differences.map((one) => clusterOf([one])))
    const [low, high] = clusteredInterval(found) ?? [0, 0]
    const variance = differences.reduce((sum, one) => sum + (one - found.mean) ** 2, 0) / 3
    const normal = meanInterval({ mean: found.mean, variance }, 4)
    // The normal distribution would have found a difference where there is none to be found yet.
    expect(normal[0]).toBeGreaterThan(0)
    expect(low).toBeLessThan(0)
    expect((high - low) / (normal[1] - normal[0])).toBeCloseTo(3.182446 / 1.959964, 5)
  })

  it('nine tenths of a baseline were resilience enough, from numbers of the caller’s: here a difference has bounds', () => {
    // 9 of 10 against 10 of 10 "passes" there; a loss of a third is as likely an explanation as none.
    const [low, high] = newcombe({ successes: 9, trials: 10 }, { successes: 10, trials: 10 })
    expect(low).toBeLessThan(-1 / 3)
    expect(high).toBeGreaterThan(0.15)
  })
})
