import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactPercent, percent } from '../../src/report/percent.ts'

const share = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000)
const numberIn = (text: string) => Number(text.replace(' %', ''))

it('percent never lets a bound seem to reach what it does not reach', () => {
  expect(percent(0.949996, 'down')).toBe('94.99 %')
  expect(percent(0.950004, 'up')).toBe('95.01 %')
  expect(percent(0.57, 'down')).toBe('57.00 %')
  fc.assert(
    fc.property(share, (value) => {
      expect(numberIn(percent(value, 'down'))).toBeLessThanOrEqual(value * 100 + 1e-9)
      expect(numberIn(percent(value, 'up'))).toBeGreaterThanOrEqual(value * 100 - 1e-9)
      expect(Math.abs(numberIn(percent(value)) - value * 100)).toBeLessThanOrEqual(0.01)
    }),
  )
})

it('percent calls only all of them all, and only none of them none', () => {
  expect([0, 0.000001, 0.999999, 1].map((value) => percent(value))).toEqual(['0.00 %', '0.01 %', '99.99 %', '100.00 %'])
})

it('exactPercent writes a level as somebody would', () => {
  expect([0.95, 0.999, 0.07, 1].map(exactPercent)).toEqual(['95 %', '99.9 %', '7 %', '100 %'])
})
