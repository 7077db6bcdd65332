import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanPassHatK } from '../../src/statistics/mean-pass-hat-k.ts'
import { passAtK } from '../../src/statistics/pass-at-k.ts'
import { passHatKRange } from '../../src/statistics/pass-hat-k-range.ts'
import { passHatK } from '../../src/statistics/pass-hat-k.ts'

const drawn = fc
  .integer({ min: 1, max: 60 })
  .chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials), fc.integer({ min: 1, max: trials })))

/** The share of all draws of k from so many that hold successes only, or at least one, counted one by one. */
function byCounting(successes: number, trials: number, k: number): { all: number; some: number } {
  const counted = { draws: 0, all: 0, some: 0 }
  for (let draw = 0; draw < 1 << trials; draw++) {
    const members = Array.from({ length: trials }, (_, bit) => bit).filter((bit) => (draw >> bit) & 1)
    if (members.length !== k) continue
    counted.draws++
    if (members.every((bit) => bit < successes)) counted.all++
    if (members.some((bit) => bit < successes)) counted.some++
  }
  return { all: counted.all / counted.draws, some: counted.some / counted.draws }
}

describe('pass^k and pass@k', () => {
  it('have the reference values for 6 of 8', () => {
    const hat = [0.75, 0.535714, 0.357143, 0.214286, 0.107143, 0.035714, 0, 0]
    for (const [index, expected] of hat.entries()) expect(passHatK(6, 8, index + 1)).toBeCloseTo(expected, 6)
    for (const [index, expected] of [0.75, 0.964286, 1].entries()) {
      expect(passAtK(6, 8, index + 1)).toBeCloseTo(expected, 6)
    }
  })

  it('are the shares of all draws, counted one by one', () => {
    for (let trials = 1; trials <= 8; trials++) {
      for (let successes = 0; successes <= trials; successes++) {
        for (let k = 1; k <= trials; k++) {
          const { all, some } = byCounting(successes, trials, k)
          expect(passHatK(successes, trials, k)).toBeCloseTo(all, 12)
          expect(passAtK(successes, trials, k)).toBeCloseTo(some, 12)
        }
      }
    }
  })

  it('start at the rate; one falls and the other rises with k, and both rise with each success', () => {
    fc.assert(
      fc.property(drawn, ([successes, trials, k]) => {
        expect(passHatK(successes, trials, 1)).toBeCloseTo(successes / trials, 12)
        expect(passAtK(successes, trials, 1)).toBeCloseTo(successes / trials, 12)
        expect(passHatK(successes, trials, k)).toBeLessThanOrEqual((successes / trials) ** k + 1e-12)
        if (k < trials) {
          expect(passHatK(successes, trials, k + 1)).toBeLessThanOrEqual(passHatK(successes, trials, k) + 1e-12)
          expect(passAtK(successes, trials, k + 1)).toBeGreaterThanOrEqual(passAtK(successes, trials, k) - 1e-12)
        }
        if (successes < trials) {
          expect(passHatK(successes + 1, trials, k)).toBeGreaterThanOrEqual(passHatK(successes, trials, k) - 1e-12)
        }
      }),
    )
  })

  it('keep their digits for a million trials', () => {
    expect(passHatK(999_999, 1_000_000, 1_000)).toBeCloseTo(0.999, 12)
    expect(passHatK(500_000, 1_000_000, 20)).toBeCloseTo(2 ** -20, 9)
    expect(passAtK(1, 1_000_000, 500_000)).toBeCloseTo(0.5, 12)
  })

  it('are refused where k trials cannot be drawn', () => {
    expect(() => passHatK(3, 4, 5)).toThrow('k is 5 and there are 4 trials: run at least 5, or ask for less.')
    expect(() => passAtK(5, 4, 1)).toThrow('Successes are 5 of 4 trials: give a number from 0 to the number of trials.')
    expect(() => passHatK(1, 4, 0)).toThrow('k is 0: give a whole number of at least 1.')
    expect(() => passHatK(0.5, 4, 1)).toThrow('Successes is 0.5: give a whole number of at least 0.')
    expect(() => passHatK(Number.NaN, 4, 1)).toThrow('Successes are NaN of 4 trials')
  })
})

describe('pass^k of a set of tasks', () => {
  const tasks = (...solved: number[]) => solved.map((successes) => ({ successes, trials: 4 }))

  it('is the mean over tasks: of the same rate, some are consistent and some lucky', () => {
    expect(meanPassHatK(tasks(4, 4, 0, 0), 4)).toBe(0.5)
    expect(meanPassHatK(tasks(2, 2, 2, 2), 4)).toBe(0)
    expect(meanPassHatK(tasks(2, 2, 2, 2), 2)).toBeCloseTo(1 / 6, 12)
  })

  it('is refused for no task, and for a task with too few trials, which would else be left out in silence', () => {
    expect(() => meanPassHatK([], 1)).toThrow('pass^k was asked of no task at all: give at least one.')
    expect(() => meanPassHatK([...tasks(4), { successes: 2, trials: 2 }], 3)).toThrow('there are 2 trials')
  })
})

describe('the range of pass^k', () => {
  it('is from 0.01917 to 0.61 for a rate of 0.61 and 8 repeats', () => {
    const [low, high] = passHatKRange(0.61, 8)
    expect(low).toBeCloseTo(0.01917, 5)
    expect(high).toBe(0.61)
    expect(() => passHatKRange(61, 8)).toThrow('The rate is 61: give a number from 0 to 1, such as 0.95.')
    expect(() => passHatKRange(0.61, 0)).toThrow('k is 0')
  })

  it('holds pass^k of any mixture of tasks by their true rates, and its ends are luck and consistency', () => {
    const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
    const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 10 }), (tasks, k) => {
        const [low, high] = passHatKRange(Math.min(1, mean(tasks)), k)
        const found = mean(tasks.map((rate) => rate ** k))
        expect(found).toBeGreaterThanOrEqual(low - 1e-12)
        expect(found).toBeLessThanOrEqual(high + 1e-12)
      }),
    )
  })
})
