import { describe, expect, it } from 'vitest'
import { exactSpan, roundSpan } from '../../src/report/span.ts'

describe('roundSpan', () => {
  it.each([
    [0, '0 ms'],
    [640, '640 ms'],
    [20_400, '20 s'],
    [119_000, '119 s'],
    [180_000, '3 min'],
    [147_600_000, '41 h'],
    [1_036_800_000, '12 days'],
  ])('says %d ms as %s', (virtualMs, words) => {
    expect(roundSpan(virtualMs)).toBe(words)
  })
})

describe('exactSpan', () => {
  it.each([
    [0, '0 s'],
    [5, '0.005 s'],
    [500, '0.5 s'],
    [102_653, '102.653 s'],
    [3_600_000, '3,600 s'],
  ])('says %d ms as %s', (virtualMs, words) => {
    expect(exactSpan(virtualMs)).toBe(words)
  })
})
