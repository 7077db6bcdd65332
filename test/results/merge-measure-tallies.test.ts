import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostClaimsKept } from '../../src/objectives/indicators/trial-indicators.ts'
import { addWholeSums, noSums, sumsOf } from '../../src/objectives/indicators/whole-sums.ts'
import {
  type MeasureTally,
  emptyMeasureTally,
  measureTallySchema,
  mostFailuresKept,
} from '../../src/results/measure-tally.ts'
import { mergeMeasureTallies } from '../../src/results/merge-measure-tallies.ts'

const amount = fc.nat(1_000)
/** Names as people give them, and those that every object answers to. */
const name = fc.constantFrom('refunds', 'constructor', 'toString', '10', '9', 'Ümlaut')
const counts = fc.dictionary(name, amount)
const numbers = fc.dictionary(fc.nat(3_000).map(String), amount)

const outcomes = fc.record({ solved: amount, failed: amount, timedOut: amount, excluded: counts })

const indicator = fc.record({ trials: amount, good: counts, bad: counts, excluded: counts })
const sums = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 18n }).map(sumsOf), { maxLength: 3 })
  .map((all) => all.reduce(addWholeSums, noSums))
const indicators = fc.record({
  ...{ availability: indicator, correctness: indicator, hallucination: indicator, delegationDepth: numbers },
  tokens: fc.record({ input: sums, cachedInput: sums, output: sums, total: sums }),
  cost: fc.record({ known: sums, unknown: counts }),
})
const pairs = fc.record({ both: amount, firstOnly: amount, lastOnly: amount, neither: amount, excluded: counts })
const turns = fc.integer({ min: 2, max: 12 }).map(String)
const place = fc.record({ solved: amount, failed: amount })
const unsupported = fc.record({
  ...{ trial: fc.nat(200), index: fc.nat(2), task: fc.constant('a') },
  ...{ kind: fc.constant('date'), claim: fc.constantFrom('2026-01-01', '2026-02-01') },
})
const ofTrials = fc.record({
  safety: indicator,
  drift: fc.record({
    byTurns: fc.dictionary(turns, pairs),
    places: fc.dictionary(turns, place),
    trials: fc.dictionary(turns, amount),
  }),
  unsupportedClaims: fc.array(unsupported, { maxLength: mostClaimsKept }),
})

const tasks = fc.record({
  trials: amount,
  solved: amount,
  failed: amount,
  excluded: counts,
  timedOut: amount,
  unfinished: amount,
  toolCalls: numbers,
  latencyMs: numbers,
  byTask: fc.dictionary(name, outcomes, { maxKeys: 3 }),
  indicators,
})

const failure = fc.record({
  trial: fc.nat(200),
  index: fc.nat(2),
  task: fc.constant('a'),
  problem: fc.constantFrom('wrong', 'late'),
})

const judged = {
  countedTrials: amount,
  strata: fc.dictionary(name, tasks, { maxKeys: 3 }),
  indicators: ofTrials,
  attacks: fc.record({ injected: amount, trials: fc.record({ caught: amount, missed: amount, unjudged: amount }) }),
}

const anyTally: fc.Arbitrary<MeasureTally> = fc
  .record({
    blocks: fc.array(
      fc.record({
        index: fc.nat(20),
        hash: fc.stringMatching(/^[0-9a-f]{8}$/),
        outcomes: fc.constantFrom(null, '', '0+2.rs 1-0.'),
      }),
      { maxLength: 3 },
    ),
    trials: amount,
    calls: amount,
    virtualMs: amount,
    ends: counts,
    delivered: counts,
    ...judged,
    gated: fc.option(fc.record({ without: fc.constant('a').map((task) => [task]), ...judged })),
    upstreams: fc.dictionary(
      name,
      fc.record({ success: amount, failure: amount, neutral: amount, indeterminate: amount }),
    ),
    breakerOpens: numbers,
    failures: fc.array(failure, { maxLength: mostFailuresKept }),
    problems: fc.array(
      fc.record({
        kind: fc.constant('state leak' as const),
        trial: fc.nat(5),
        sentence: fc.constantFrom('One.', 'Two.'),
      }),
      { maxLength: 3 },
    ),
  })
  // Whoever counts puts its own tally in order by merging it with nothing.
  .map((tally) => mergeMeasureTallies(tally, emptyMeasureTally))

/** With so many failures that a sum of two must leave some out. */
const failingTally = fc
  .array(failure, { minLength: mostFailuresKept, maxLength: mostFailuresKept })
  .map((failures) => mergeMeasureTallies({ ...emptyMeasureTally, failures }, emptyMeasureTally))

const bytes = (tally: MeasureTally): string => JSON.stringify(tally)

describe('merging tallies of a measure', () => {
  it('is associative, commutative and leaves a tally alone that is merged with nothing', () => {
    fc.assert(
      fc.property(anyTally, anyTally, anyTally, (a, b, c) => {
        const left = mergeMeasureTallies(mergeMeasureTallies(a, b), c)
        expect(bytes(left)).toBe(bytes(mergeMeasureTallies(a, mergeMeasureTallies(b, c))))
        expect(bytes(mergeMeasureTallies(a, b))).toBe(bytes(mergeMeasureTallies(b, a)))
        expect(bytes(mergeMeasureTallies(a, emptyMeasureTally))).toBe(bytes(a))
      }),
    )
  })

  it('gives what the schema of results accepts', () => {
    fc.assert(
      fc.property(anyTally, anyTally, (a, b) => {
        const merged = mergeMeasureTallies(a, b)
        expect(measureTallySchema.parse(merged)).toEqual(merged)
      }),
    )
  })

  it('keeps the failures of the lowest trials', () => {
    fc.assert(
      fc.property(failingTally, failingTally, (a, b) => {
        const { failures } = mergeMeasureTallies(a, b)
        const all = [...a.failures, ...b.failures].map(({ trial }) => trial).toSorted((x, y) => x - y)
        expect(failures.map(({ trial }) => trial)).toEqual(all.slice(0, mostFailuresKept))
      }),
    )
  })
})
