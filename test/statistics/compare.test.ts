import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { binomialTest } from '../../src/statistics/binomial-test.ts'
import { mcNemar } from '../../src/statistics/mc-nemar.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { newcombePaired } from '../../src/statistics/newcombe-paired.ts'
import { tasksToCompare } from '../../src/statistics/sample-size.ts'

describe('newcombe', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('has the printed interval of %d/%d against %d/%d', (s1, n1, s2, n2, low, high) => {
    const found = newcombe({ successes: s1, trials: n1 }, { successes: s2, trials: n2 })
    expect(found[0]).toBeCloseTo(low, 4)
    expect(found[1]).toBeCloseTo(high, 4)
    const swapped = newcombe({ successes: s2, trials: n2 }, { successes: s1, trials: n1 })
    expect(swapped[0]).toBeCloseTo(-high, 4)
    expect(swapped[1]).toBeCloseTo(-low, 4)
  })

  it('is refused for counts that cannot be', () => {
    expect(() => newcombe({ successes: 3, trials: 2 }, { successes: 0, trials: 2 })).toThrow('Successes are 3 of 2')
    expect(() => newcombe({ successes: 1, trials: 2 }, { successes: 0, trials: 0 })).toThrow('Trials are 0')
  })
})

describe('newcombePaired', () => {
  // Bentur et al. 2009 and Cavo et al. 2012 are examples of Fagerland, Lydersen and Laake, "Statistical analysis of
  // contingency tables"; all but the first, where agreement is too weak to count, computed anew from the formula.
  it.each([
    [1, 1, 7, 12, -0.50692, -0.02556],
    [59, 6, 16, 80, -0.118621, -0.004625],
    [20, 12, 2, 16, 0.056156, 0.329207],
    [5, 20, 16, 4, -0.167043, 0.332325],
  ])('has the interval of %d, %d, %d, %d', (both, firstOnly, secondOnly, neither, low, high) => {
    const found = newcombePaired({ both, firstOnly, secondOnly, neither })
    expect(found[0]).toBeCloseTo(low, 5)
    expect(found[1]).toBeCloseTo(high, 5)
  })

  const tallies = fc
    .record({ both: fc.nat(40), firstOnly: fc.nat(40), secondOnly: fc.nat(40), neither: fc.nat(40) })
    .filter(({ both, firstOnly, secondOnly, neither }) => both + firstOnly + secondOnly + neither > 0)

  it('holds the difference that was seen, within −1 and 1, and is mirrored when the agents change places', () => {
    fc.assert(
      fc.property(tallies, (pairs) => {
        const { both, firstOnly, secondOnly, neither } = pairs
        const seen = (firstOnly - secondOnly) / (both + firstOnly + secondOnly + neither)
        const [low, high] = newcombePaired(pairs)
        expect(low).toBeLessThanOrEqual(seen)
        expect(high).toBeGreaterThanOrEqual(seen)
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(high).toBeLessThanOrEqual(1 + 1e-12)
        const swapped = newcombePaired({ ...pairs, firstOnly: secondOnly, secondOnly: firstOnly })
        expect(swapped[0]).toBeCloseTo(-high, 12)
        expect(swapped[1]).toBeCloseTo(-low, 12)
      }),
    )
  })

  it('gains from pairs that agree what the unpaired interval cannot', () => {
    const paired = newcombePaired({ both: 150, firstOnly: 12, secondOnly: 4, neither: 34 })
    const unpaired = newcombe({ successes: 162, trials: 200 }, { successes: 154, trials: 200 })
    expect(paired[1] - paired[0]).toBeLessThan(0.6 * (unpaired[1] - unpaired[0]))
  })

  it('is refused without a pair, and for counts that cannot be', () => {
    expect(() => newcombePaired({ both: 0, firstOnly: 0, secondOnly: 0, neither: 0 })).toThrow('Trials are 0')
    expect(() => newcombePaired({ both: 3, firstOnly: -1, secondOnly: 0, neither: 4 })).toThrow('Successes are -1')
  })
})

describe('mcNemar', () => {
  it('has the reference value for 12 against 4', () => {
    expect(mcNemar(12, 4)).toBeCloseTo(0.076812744, 9)
    expect(mcNemar(4, 12)).toBe(mcNemar(12, 4))
  })

  it('sees nothing in an even split, nor in no difference at all', () => {
    expect(mcNemar(0, 0)).toBe(1)
    expect(mcNemar(7, 7)).toBe(1)
    expect(mcNemar(0, 6)).toBeCloseTo(2 / 64, 12)
    expect(() => mcNemar(1.5, 2)).toThrow('Pairs won is 1.5')
  })

  it('is the two-sided binomial test of one half', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (won, lost) => {
        expect(mcNemar(won, lost)).toBeCloseTo(binomialTest(won, won + lost, 0.5), 9)
      }),
    )
  })
})

describe('binomialTest', () => {
  /** By adding up every count that is no likelier. */
  function bySumming(successes: number, trials: number, rate: number): number {
    const chances = Array.from({ length: trials + 1 }, (_, count) => Math.exp(binomialLogPmf(count, trials, rate)))
    const own = chances[successes] ?? 0
    return Math.min(
      1,
      chances.reduce((sum, chance) => (chance <= own * (1 + 1e-7) ? sum + chance : sum), 0),
    )
  }

  it('adds up what is no likelier than what was seen', () => {
    const cases = fc.integer({ min: 0, max: 80 }).chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials)))
    const rate = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(cases, rate, ([successes, trials], p) => {
        expect(binomialTest(successes, trials, p)).toBeCloseTo(bySumming(successes, trials, p), 9)
      }),
      { numRuns: 500 },
    )
  })

  it('has one-sided forms that overlap by the chance of what was seen', () => {
    const both = binomialTest(7, 20, 0.5, 'less') + binomialTest(7, 20, 0.5, 'greater')
    expect(both).toBeCloseTo(1 + Math.exp(binomialLogPmf(7, 20, 0.5)), 12)
    expect(binomialTest(0, 0, 0.3)).toBe(1)
    expect(binomialTest(499_000, 1_000_000, 0.5)).toBeCloseTo(0.0457, 3)
    expect(() => binomialTest(2, 1, 0.5)).toThrow('Successes are 2 of 1 trials')
    expect(() => binomialTest(1, 2, -0.1)).toThrow('The rate is -0.1')
  })
})

describe('tasksToCompare', () => {
  it('has the reference values', () => {
    expect(tasksToCompare({ difference: 0.03, varianceOverTasks: 1 / 9 })).toBe(969)
    expect(tasksToCompare({ difference: 0.03, varianceOverTasks: 0.25 })).toBe(2_181)
    expect(tasksToCompare({ difference: -1, varianceOverTasks: 0 })).toBe(1)
  })

  it('asks for fewer tasks with more repeats, down to what tasks themselves need', () => {
    const withRepeats = (repeats: number): number => {
      const agent = { variance: 1 / 6, repeats }
      return tasksToCompare({ difference: 0.03, varianceOverTasks: 1 / 9, first: agent, second: agent })
    }
    expect(withRepeats(1)).toBe(3_876)
    expect(withRepeats(1)).toBeGreaterThan(withRepeats(4))
    expect(withRepeats(10 ** 9)).toBe(969)
  })

  it('is refused for a plan that cannot be', () => {
    expect(() => tasksToCompare({ difference: 0, varianceOverTasks: 1 })).toThrow(
      'give a finite difference other than 0',
    )
    expect(() => tasksToCompare({ difference: 0.1, varianceOverTasks: -1 })).toThrow('variances of at least 0')
    expect(() => tasksToCompare({ difference: 0.1, varianceOverTasks: 1, power: 1 })).toThrow('Power is 1')
    expect(() => tasksToCompare({ difference: 0.1, varianceOverTasks: 1, first: { variance: 1, repeats: 0 } })).toThrow(
      'at least 1 repeat',
    )
  })
})
