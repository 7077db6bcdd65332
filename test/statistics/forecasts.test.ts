import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brier } from '../../src/statistics/brier.ts'
import { calibrationError } from '../../src/statistics/calibration-error.ts'

const toy = [0.9, 0.9, 0.9, 0.6, 0.6, 0.6, 0.6, 0.2, 0.2, 0.2].map((confidence, index) => ({
  confidence,
  isRight: [1, 1, 0, 1, 1, 0, 0, 0, 0, 1][index] === 1,
}))

const forecasts = fc.array(
  fc.record({ confidence: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.8, 0.99, 1), isRight: fc.boolean() }),
  { minLength: 1, maxLength: 50 },
)

describe('calibration', () => {
  it('has the reference values', () => {
    const { score, reliability, resolution, uncertainty } = brier(toy)
    expect(score).toBeCloseTo(0.259, 9)
    expect(reliability).toBeCloseTo(0.025667, 6)
    expect(resolution).toBeCloseTo(0.016667, 6)
    expect(uncertainty).toBeCloseTo(0.25, 12)
    expect(calibrationError(toy)).toBeCloseTo(0.15, 12)
  })

  it('falls into reliability, resolution and uncertainty without a rest', () => {
    fc.assert(
      fc.property(forecasts, (given) => {
        const { score, reliability, resolution, uncertainty } = brier(given)
        expect(reliability - resolution + uncertainty).toBeCloseTo(score, 12)
        expect(calibrationError(given)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('knows the perfect forecaster, the liar, and the one who says one half', () => {
    const said = (confidence: number) => [true, false].map((isRight) => ({ confidence, isRight }))
    expect(
      brier([
        { confidence: 1, isRight: true },
        { confidence: 0, isRight: false },
      ]).score,
    ).toBe(0)
    expect(brier([{ confidence: 1, isRight: false }]).score).toBe(1)
    expect(brier(said(0.5))).toMatchObject({ score: 0.25, reliability: 0 })
    expect(calibrationError(said(1))).toBe(0.5)
    expect(calibrationError([{ confidence: 1, isRight: true }], 1)).toBe(0)
  })

  it('is refused for no forecast, and for confidence that is none', () => {
    expect(() => brier([])).toThrow('give at least one')
    expect(() => brier([{ confidence: 90, isRight: true }])).toThrow('A confidence is 90: give a number from 0 to 1')
    expect(() => calibrationError(toy, 0)).toThrow('Bins is 0')
  })
})
