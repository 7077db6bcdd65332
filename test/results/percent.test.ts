import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactPercent, percent, percentRange } from '../../src/results/percent.ts'

const share = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000)
const numbersIn = (text: string) => text.replace(' %', '').split(' to ').map(Number)

it('percentRange never lets a bound seem to reach what it does not reach', () => {
  expect(percentRange([0.949996, 0.950004])).toBe('94.99 to 95.01 %')
  expect(percentRange([0.57, 0.999999])).toBe('57.00 to 100.00 %')
  expect(percentRange([0.000001, 1])).toBe('0.00 to 100.00 %')
  fc.assert(
    fc.property(share, share, (one, other) => {
      const [low = NaN, high = NaN] = numbersIn(percentRange([one, other]))
      expect(low).toBeLessThanOrEqual(one * 100 + 1e-9)
      expect(low).toBeGreaterThan(one * 100 - 0.01)
      expect(high).toBeGreaterThanOrEqual(other * 100 - 1e-9)
      expect(high).toBeLessThan(other * 100 + 0.01)
    }),
  )
})

it('percent is a hundredth off at most', () => {
  expect(percent(0.82444)).toBe('82.44 %')
  fc.assert(
    fc.property(share, (value) => {
      expect(Math.abs((numbersIn(percent(value))[0] ?? NaN) - value * 100)).toBeLessThanOrEqual(0.01)
    }),
  )
})

it('percent calls only all of them all, and only none of them none', () => {
  const shares = [0, 0.000001, 0.9996, 0.999999, 1, 1.000001, 1.234567, 2]
  expect(shares.map(percent)).toEqual([
    ...['0.00 %', '0.01 %', '99.96 %', '99.99 %'],
    ...['100.00 %', '100.01 %', '123.46 %', '200.00 %'],
  ])
})

it('exactPercent writes a level as somebody would, and never as another level', () => {
  const levels = [0.95, 0.999, 0.07, 0.9975, 0.99999, 0.9999999, 0.00001, 1]
  expect(levels.map(exactPercent)).toEqual([
    ...['95 %', '99.9 %', '7 %', '99.75 %', '99.999 %', '99.99999 %'],
    ...['0.001 %', '100 %'],
  ])
})
