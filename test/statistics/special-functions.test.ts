import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaQuantile } from '../../src/statistics/beta-quantile.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { logGamma } from '../../src/statistics/log-gamma.ts'
import { normalQuantile } from '../../src/statistics/normal-quantile.ts'
import { regularisedBeta } from '../../src/statistics/regularised-beta.ts'

/** Equal but for the last digits of a double, relative to the size of the value. */
function expectClose(found: number, expected: number, relative = 1e-12): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)))
}

const shape = fc.double({ min: 0.1, max: 5_000, noNaN: true })
/** Whose complement is exact enough. */
const thousandths = fc.integer({ min: 0, max: 1_000 }).map((count) => count / 1_000)
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('logGamma', () => {
  it.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.PI) / 2],
    [10, Math.log(362_880)],
    [100, 359.134_205_369_575_4],
  ])('is known at %d', (x, expected) => expectClose(logGamma(x), expected))

  it('follows the recurrence of the gamma function', () => {
    fc.assert(fc.property(shape, (x) => expectClose(logGamma(x + 1), logGamma(x) + Math.log(x))))
  })
})

describe('binomialLogPmf', () => {
  it('agrees with the level of a confidence sequence computed with sixty digits', () => {
    // csm.py publishes -4624.756745998 and -9.977077184: the same but for the rounding of its log-gamma.
    expectClose(Math.log(100_001) + binomialLogPmf(100, 100_000, 0.05), -4_624.756_746_690_99)
    expect(Math.log(1_000_001) + binomialLogPmf(990_596, 1_000_000, 0.99)).toBeCloseTo(-9.977_077_202_007, 10)
    expect(Math.log(1_000_001) + binomialLogPmf(990_597, 1_000_000, 0.99)).toBeCloseTo(-10.039_13, 5)
  })

  it('adds up to one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), share, (trials, rate) => {
        let sum = 0
        for (let successes = 0; successes <= trials; successes++)
          sum += Math.exp(binomialLogPmf(successes, trials, rate))
        expectClose(sum, 1, 1e-11)
      }),
    )
  })

  it('is certain about rates of none and all, and rules out what cannot be', () => {
    expect(binomialLogPmf(0, 5, 0)).toBe(-0)
    expect(binomialLogPmf(5, 5, 1)).toBe(0)
    expect(binomialLogPmf(0, 0, 0.3)).toBe(0)
    expect(binomialLogPmf(2, 5, 0)).toBe(Number.NEGATIVE_INFINITY)
    expect(binomialLogPmf(2, 5, 1)).toBe(Number.NEGATIVE_INFINITY)
    expect(binomialLogPmf(6, 5, 0.5)).toBe(Number.NEGATIVE_INFINITY)
    expect(binomialLogPmf(-1, 5, 0.5)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('regularisedBeta', () => {
  // scipy 1.17 special.betainc, and mpmath for the large shapes, where scipy loses digits
  it.each([
    [2, 3, 0.3, 0.3483],
    [0.5, 0.5, 0.1, 0.204_832_764_699_133_46],
    [1, 1, 0.7, 0.7],
    [150, 3, 0.99, 0.804_423_617_145_163_1],
    [1_801, 200, 0.9, 0.489_097_523_421_030_4],
    [500_000, 500_000, 0.5001, 0.579_259_690_669_047_3],
    [20.5, 3.25, 0.8, 0.173_927_134_923_643_92],
  ])('is known for a = %d, b = %d, x = %d', (a, b, x, expected) =>
    expectClose(regularisedBeta(x, a, b), expected, 1e-11),
  )

  it('is mirrored when its shapes change places', () => {
    fc.assert(
      fc.property(thousandths, shape, shape, (x, a, b) =>
        expectClose(regularisedBeta(x, a, b), 1 - regularisedBeta(1 - x, b, a), 1e-10),
      ),
    )
  })
})

describe('betaQuantile', () => {
  // scipy 1.17 special.betaincinv
  it.each([
    [0.025, 1_800, 201, 0.886_010_025_704_573_2],
    [0.975, 1, 20, 0.168_433_470_983_085_3],
    [0.5, 0.3, 0.2, 0.760_864_963_852_018_1],
    [0.001, 5, 1_000, 0.000_737_624_586_692_569_2],
  ])('is known for p = %d, a = %d, b = %d', (p, a, b, expected) => expectClose(betaQuantile(p, a, b), expected))

  it('is the inverse of the distribution', () => {
    const wide = fc.double({ min: 0.5, max: 5_000, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), wide, wide, (probability, a, b) =>
        expectClose(regularisedBeta(betaQuantile(probability, a, b), a, b), probability, 1e-9),
      ),
    )
  })

  it('spans the unit interval', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1])
  })
})

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959_963_984_540_054],
    [0.9, 1.281_551_565_544_600_4],
    [1e-10, -6.361_340_902_404_056],
    [1e-300, -37.047_096_299_361_2],
    [0, Number.NEGATIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
  ])('is known at %d', (probability, expected) => {
    if (Number.isFinite(expected)) expectClose(normalQuantile(probability), expected, 1e-14)
    else expect(normalQuantile(probability)).toBe(expected)
  })

  it('is odd about one half', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p) =>
        expectClose(normalQuantile(p), -normalQuantile(1 - p), 1e-10),
      ),
    )
  })

  it('is refused for what is no probability', () => {
    expect(() => normalQuantile(1.5)).toThrow('The probability is 1.5: give a number from 0 to 1')
    expect(() => normalQuantile(Number.NaN)).toThrow('The probability is NaN')
  })
})
