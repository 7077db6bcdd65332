import betaCdf from '@stdlib/stats-base-dists-beta-cdf'
import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile'
import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile'
import studentQuantileOf from '@stdlib/stats-base-dists-t-quantile'
import binomialTestOf from '@stdlib/stats-binomial-test'
import adjust from '@stdlib/stats-padjust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, holm } from '../../src/statistics/adjusted-p-values.ts'
import { binomialLogPmf } from '../../src/statistics/binomial.ts'
import { chanceOfAtLeast, chanceOfAtMost } from '../../src/statistics/binomial-tail.ts'
import { binomialTest } from '../../src/statistics/binomial-test.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { confidenceSequence } from '../../src/statistics/confidence-sequence.ts'
import { jeffreys } from '../../src/statistics/jeffreys.ts'
import { mcNemar } from '../../src/statistics/mc-nemar.ts'
import { midP } from '../../src/statistics/mid-p.ts'
import { normalQuantile } from '../../src/statistics/normal-quantile.ts'
import { studentQuantile } from '../../src/statistics/student-quantile.ts'
import { wilson } from '../../src/statistics/wilson.ts'

const inputs = 10_000
/** A few seconds each, and more on a machine that is busy. */
const timeout = 180_000
/** Absolute. */
const tolerance = 1e-9

const sizes = fc.oneof(
  fc.integer({ min: 1, max: 30 }),
  fc.integer({ min: 1, max: 1_000 }),
  fc.integer({ min: 1, max: 1_000_000 }),
)
const counts = sizes.chain((trials) =>
  fc
    .oneof(fc.nat(trials), fc.constantFrom(0, 1, trials - 1, trials))
    .map((successes) => ({ successes: Math.min(trials, Math.max(0, successes)), trials })),
)
const share = fc.double({ min: 0, max: 1, noNaN: true })
/** From one in a million to one half. */
const alphas = fc.double({ min: -6, max: -0.301, noNaN: true }).map((exponent) => 10 ** exponent)

function expectNear(found: number, expected: number, what: string): void {
  // Negated, so that NaN fails.
  if (!(Math.abs(found - expected) <= tolerance)) expect.fail(`${what}: ${found} and by the oracle ${expected}`)
}

/** Runs a comparison on so many random inputs, and shows that it was that many. */
function onRandomInputs<Input>(drawn: fc.Arbitrary<Input>, compare: (input: Input) => void): void {
  let compared = 0
  fc.assert(
    fc.property(drawn, (input) => {
      compared++
      compare(input)
    }),
    { numRuns: inputs },
  )
  expect(compared).toBe(inputs)
}

describe('10 000 random inputs agree with @stdlib to 1e-9, absolute', { timeout }, () => {
  it('in every interval of a rate, for up to a million trials', () => {
    onRandomInputs(fc.tuple(counts, alphas), ([{ successes: s, trials: n }, alpha]) => {
      const what = `${s} of ${n} at ${alpha}`
      const exact = clopperPearson(s, n, alpha)
      expectNear(exact[0], s === 0 ? 0 : betaQuantileOf(alpha / 2, s, n - s + 1), `Clopper–Pearson of ${what}`)
      expectNear(exact[1], s === n ? 1 : betaQuantileOf(1 - alpha / 2, s + 1, n - s), `Clopper–Pearson of ${what}`)
      const bayes = jeffreys(s, n, alpha)
      expectNear(bayes[0], s === 0 ? 0 : betaQuantileOf(alpha / 2, s + 0.5, n - s + 0.5), `Jeffreys of ${what}`)
      expectNear(bayes[1], s === n ? 1 : betaQuantileOf(1 - alpha / 2, s + 0.5, n - s + 0.5), `Jeffreys of ${what}`)
      // Wilson's bounds solve (p̂ − p)² = z² p(1 − p)/n.
      const square = normalQuantileOf(1 - alpha / 2, 0, 1) ** 2 / n
      const [a, b] = [1 + square, (2 * s) / n + square]
      const root = Math.sqrt(Math.max(0, b * b - 4 * a * (s / n) ** 2))
      const [low, high] = wilson(s, n, alpha)
      expectNear(low, s === 0 ? 0 : (b - root) / (2 * a), `Wilson of ${what}`)
      expectNear(high, s === n ? 1 : (b + root) / (2 * a), `Wilson of ${what}`)
    })
  })

  it('in the interval that halves the chance of what was seen, and in the one that may be read at any time', () => {
    const smaller = counts.filter(({ trials }) => trials <= 1_000)
    onRandomInputs(fc.tuple(smaller, alphas), ([{ successes: s, trials: n }, alpha]) => {
      const above = (count: number, rate: number): number => (count > n ? 0 : betaCdf(rate, count, n - count + 1))
      const [low, high] = midP(s, n, alpha)
      if (s > 0) expectNear((above(s, low) + above(s + 1, low)) / 2, alpha / 2, `mid-P of ${s} of ${n}`)
      if (s < n) {
        const mid = ((s === 0 ? 1 : above(s, high)) + above(s + 1, high)) / 2
        expectNear(mid, 1 - alpha / 2, `mid-P of ${s} of ${n}`)
      }
      const [first, last] = confidenceSequence(s, n, alpha)
      if (s > 0) expectNear((n + 1) * binomialPmf(s, n, first), alpha, `sequence of ${s} of ${n}`)
      if (s < n) expectNear((n + 1) * binomialPmf(s, n, last), alpha, `sequence of ${s} of ${n}`)
    })
  })

  it('in the chances of counts, for up to a million trials', () => {
    onRandomInputs(fc.tuple(counts, share, fc.boolean()), ([{ successes: s, trials: n }, free, isNear]) => {
      // Half of them where the chances are: far from the mean, nearly all of them are nothing.
      const rate = isNear ? (s + free) / (n + 1) : free
      const what = `${s} of ${n} at ${rate}`
      expectNear(Math.exp(binomialLogPmf(s, n, rate)), binomialPmf(s, n, rate), `pmf of ${what}`)
      const atLeast = s === 0 ? 1 : betaCdf(rate, s, n - s + 1)
      expectNear(chanceOfAtLeast(s, n, rate), atLeast, `at least ${what}`)
      expectNear(chanceOfAtMost(s - 1, n, rate), 1 - atLeast, `fewer than ${what}`)
    })
  })

  it('in the quantiles of the normal distribution and of Student’s', () => {
    const probabilities = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    onRandomInputs(fc.tuple(probabilities, alphas, sizes), ([probability, tail, degrees]) => {
      expectNear(normalQuantile(tail), normalQuantileOf(tail, 0, 1), `normal at ${tail}`)
      expectNear(normalQuantile(probability), normalQuantileOf(probability, 0, 1), `normal at ${probability}`)
      const found = studentQuantile(probability, degrees)
      expectNear(found, studentQuantileOf(probability, degrees), `Student at ${probability} with ${degrees} degrees`)
    })
  })

  it('in the exact binomial test, two-sided and one-sided, and in McNemar’s', () => {
    const few = fc.integer({ min: 1, max: 250 }).chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials)))
    const rates = fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((count) => count / 20),
      share,
    )
    onRandomInputs(fc.tuple(few, rates), ([[successes, trials], rate]) => {
      for (const alternative of ['two-sided', 'less', 'greater'] as const) {
        const expected = binomialTestOf(successes, trials, { p: rate, alternative }).pValue
        expectNear(
          binomialTest(successes, trials, rate, alternative),
          expected,
          `${alternative} ${successes} of ${trials} at ${rate}`,
        )
      }
      const even = binomialTestOf(successes, trials, { p: 0.5 }).pValue
      expectNear(mcNemar(successes, trials - successes), even, `${successes} of ${trials} pairs`)
    })
  })

  it('in the adjustments for many tests', () => {
    onRandomInputs(fc.array(share, { minLength: 1, maxLength: 12 }), (values) => {
      const [forGates, forSearch] = [adjust(values, 'holm'), adjust(values, 'bh')]
      for (const [place, adjusted] of holm(values).entries()) expectNear(adjusted, forGates[place] ?? -1, 'Holm')
      for (const [place, adjusted] of benjaminiHochberg(values).entries()) {
        expectNear(adjusted, forSearch[place] ?? -1, 'Benjamini and Hochberg')
      }
    })
  })
})
