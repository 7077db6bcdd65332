import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import type { Interval } from '../../src/statistics/interval.ts'
import { jeffreys } from '../../src/statistics/jeffreys.ts'
import { midP } from '../../src/statistics/mid-p.ts'
import { wald } from '../../src/statistics/wald.ts'
import { wilsonCorrected } from '../../src/statistics/wilson-corrected.ts'
import { wilson } from '../../src/statistics/wilson.ts'

type Bounds = [low: number, high: number]

/** Newcombe, Statistics in Medicine 17 (1998) 857, and for Jeffreys and others scipy. */
const table: { seen: [number, number]; bounds: Record<string, Bounds> }[] = [
  {
    seen: [81, 263],
    bounds: {
      wald: [0.2522, 0.3638],
      wilson: [0.2553, 0.3662],
      wilsonCorrected: [0.2535, 0.3682],
      clopperPearson: [0.2527, 0.3676],
      midP: [0.2544, 0.3658],
      jeffreys: [0.2545, 0.3656],
    },
  },
  {
    seen: [15, 148],
    bounds: {
      wald: [0.0527, 0.15],
      wilson: [0.0624, 0.1605],
      wilsonCorrected: [0.0598, 0.1644],
      clopperPearson: [0.0578, 0.1617],
      midP: [0.0601, 0.1581],
      jeffreys: [0.0604, 0.1576],
    },
  },
  {
    seen: [0, 20],
    bounds: {
      wald: [0, 0],
      wilson: [0, 0.1611],
      wilsonCorrected: [0, 0.2005],
      clopperPearson: [0, 0.1684],
      midP: [0, 0.1391],
      jeffreys: [0, 0.1166],
    },
  },
  {
    seen: [1, 29],
    bounds: {
      wald: [-0.0319, 0.1009],
      wilson: [0.0061, 0.1718],
      wilsonCorrected: [0.0018, 0.1963],
      clopperPearson: [0.0009, 0.1776],
      midP: [0.0017, 0.1585],
      jeffreys: [0.0037, 0.1501],
    },
  },
]

const methods: Record<string, (successes: number, trials: number, alpha?: number) => Interval> = {
  wald,
  wilson,
  wilsonCorrected,
  clopperPearson,
  midP,
  jeffreys,
}

const cells = table.flatMap(({ seen, bounds }) =>
  Object.entries(bounds).map(([method, expected]) => ({ method, successes: seen[0], trials: seen[1], expected })),
)

function expectBounds(found: Interval, expected: Bounds, digits: number): void {
  expect(found[0]).toBeCloseTo(expected[0], digits)
  expect(found[1]).toBeCloseTo(expected[1], digits)
}

describe('the intervals of a rate', () => {
  it.each(cells)('$method has the printed bounds of $successes in $trials', (cell) => {
    expectBounds(methods[cell.method]?.(cell.successes, cell.trials) ?? [Number.NaN, Number.NaN], cell.expected, 4)
  })

  it('with continuity correction agree with R’s prop.test', () => {
    expectBounds(wilsonCorrected(3, 10), [0.08094782, 0.64632928], 8)
    expect(wilsonCorrected(0, 20)[0]).toBe(0)
    expect(wilsonCorrected(20, 20)[1]).toBe(1)
  })

  it.each(Object.keys(methods))('%s is mirrored when successes and failures change places', (name) => {
    const method = methods[name]
    for (const [successes, trials] of [
      [0, 1],
      [1, 1],
      [3, 10],
      [17, 40],
      [999, 1_000],
    ] as const) {
      const [low, high] = method?.(successes, trials, 0.1) ?? [Number.NaN, Number.NaN]
      expectBounds(method?.(trials - successes, trials, 0.1) ?? [0, 0], [1 - high, 1 - low], 12)
    }
  })

  it.each(Object.keys(methods))('%s holds the share that was seen, and moves up with every success', (name) => {
    const method = methods[name]
    for (const trials of [1, 2, 7, 60]) {
      let before: Interval = [-1, -1]
      for (let successes = 0; successes <= trials; successes++) {
        const [low, high] = method?.(successes, trials) ?? before
        expect(low).toBeLessThanOrEqual(successes / trials)
        expect(high).toBeGreaterThanOrEqual(successes / trials)
        if (name !== 'wald') {
          expect(low).toBeGreaterThanOrEqual(before[0])
          expect(high).toBeGreaterThanOrEqual(before[1])
        }
        before = [low, high]
      }
    }
  })

  it.each(Object.keys(methods))('%s is finite for a million trials and for extreme levels', (name) => {
    for (const alpha of [1e-12, 0.05, 0.8]) {
      const [low, high] = methods[name]?.(999_990, 1_000_000, alpha) ?? [Number.NaN, Number.NaN]
      expect(low).toBeLessThanOrEqual(0.99999)
      expect(high).toBeGreaterThanOrEqual(0.99999)
      expect(high - low).toBeLessThan(1e-3)
    }
  })

  it.each(Object.keys(methods))('%s refuses counts and levels that cannot be', (name) => {
    const method = methods[name]
    expect(() => method?.(11, 10)).toThrow(
      'Successes are 11 of 10 trials: give a number from 0 to the number of trials.',
    )
    expect(() => method?.(-1, 10)).toThrow('Successes are -1 of 10 trials')
    expect(() => method?.(Number.NaN, 10)).toThrow('Successes are NaN of 10 trials')
    expect(() => method?.(0, 0)).toThrow('Trials are 0: give a finite number that is more than 0.')
    expect(() => method?.(1, Number.POSITIVE_INFINITY)).toThrow('Trials are Infinity')
    expect(() => method?.(1, 10, 0)).toThrow('Alpha is 0')
    expect(() => method?.(1, 10, 1)).toThrow('Alpha is 1')
    expect(() => method?.(1, 10, Number.NaN)).toThrow('Alpha is NaN')
  })

  it('say what so many clean runs prove: 300 without a failure are a rate of 0.9878 two-sided, 0.9901 one-sided', () => {
    expect(clopperPearson(300, 300)[0]).toBeCloseTo(0.9878, 4)
    expect(clopperPearson(300, 300, 0.1)[0]).toBeCloseTo(0.9901, 4)
  })
})
