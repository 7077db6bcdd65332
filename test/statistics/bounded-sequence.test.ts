import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedSequence } from '../../src/statistics/bounded-sequence.ts'

describe('boundedSequence', () => {
  const repeated = (scores: readonly number[], times: number): number[] =>
    Array.from({ length: times }, () => scores).flat()

  it('starts with everything and narrows with what is seen, the faster the less scores vary', () => {
    expect(boundedSequence([])).toEqual([0, 1])
    const steady = boundedSequence(repeated([0.7], 500))
    const wild = boundedSequence(repeated([1, 1, 0.4, 0.4], 125))
    expect(steady[0]).toBeLessThanOrEqual(0.7)
    expect(steady[1]).toBeGreaterThanOrEqual(0.7)
    expect(steady[1] - steady[0]).toBeLessThan(0.05)
    expect(wild[1] - wild[0]).toBeGreaterThan(2 * (steady[1] - steady[0]))
    expect(wild[0]).toBeGreaterThan(0.5)
  })

  it('never widens, and is mirrored when scores are', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(scores, (given) => {
        const [low, high] = boundedSequence(given)
        const before = boundedSequence(given.slice(0, -1))
        expect(low).toBeGreaterThanOrEqual(before[0])
        expect(high).toBeLessThanOrEqual(before[1])
        const mirrored = boundedSequence(given.map((score) => 1 - score))
        expect(mirrored[0]).toBeCloseTo(1 - high, 9)
        expect(mirrored[1]).toBeCloseTo(1 - low, 9)
      }),
    )
  })

  it('refuses what is no score', () => {
    expect(() => boundedSequence([0.5, 1.5])).toThrow('A score is 1.5: give numbers from 0 to 1.')
  })
})
