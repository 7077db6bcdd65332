import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeTallies } from '../../src/results/merge-tallies.ts'
import { type Tally, emptyTally, tallySchema } from '../../src/results/tally.ts'

const amount = fc.nat(1_000)
/** Names as people give them, and those that every object answers to. */
const name = fc.oneof(
  fc.constantFrom('R4', 'tool.error', 'constructor', 'toString', '10', '9'),
  fc.string({ minLength: 1 }),
)
const counts = fc.dictionary(
  name.filter((key) => key !== '__proto__'),
  amount,
)
const violations = fc.dictionary(
  name.filter((key) => key !== '__proto__'),
  fc.record({ trials: fc.integer({ min: 1, max: 100 }), firstTrial: amount }),
)
const hex = fc.stringMatching(/^[0-9a-f]{8}$/)

const anyTally: fc.Arbitrary<Tally> = fc
  .record({
    blocks: fc.array(fc.record({ index: fc.nat(20), hash: hex }), { maxLength: 3 }),
    trials: amount,
    calls: amount,
    virtualMs: amount,
    ends: counts,
    triggers: counts,
    judged: counts,
    violations,
    samples: fc.dictionary(
      name.filter((key) => key !== '__proto__'),
      counts,
      { maxKeys: 3 },
    ),
    planned: counts,
    undelivered: counts,
    delivered: counts,
    exposure: fc.dictionary(
      name.filter((key) => key !== '__proto__'),
      fc.record({ trials: fc.integer({ min: 1, max: 100 }), judged: counts, violated: counts }),
      { maxKeys: 3 },
    ),
    leftovers: counts,
    outside: fc.uniqueArray(fc.constantFrom('worker thread', 'Ümlaut', 'zlib', 'a')),
    problems: fc.array(
      fc.record({
        kind: fc.constantFrom('state leak' as const, 'nondeterminism' as const, 'harness' as const),
        trial: fc.nat(5),
        sentence: fc.constantFrom('One.', 'Two.'),
      }),
      { maxLength: 3 },
    ),
  })
  // Whoever counts puts its own tally in order by merging it with nothing.
  .map((tally) => mergeTallies(tally, emptyTally))

const bytes = (tally: Tally): string => JSON.stringify(tally)
const sum = (tallies: readonly Tally[]): Tally => tallies.reduce(mergeTallies, emptyTally)

describe('merging tallies', () => {
  it('is associative, commutative and leaves a tally alone that is merged with nothing', () => {
    fc.assert(
      fc.property(anyTally, anyTally, anyTally, (a, b, c) => {
        expect(bytes(mergeTallies(mergeTallies(a, b), c))).toBe(bytes(mergeTallies(a, mergeTallies(b, c))))
        expect(bytes(mergeTallies(a, b))).toBe(bytes(mergeTallies(b, a)))
        expect(bytes(mergeTallies(a, emptyTally))).toBe(bytes(a))
        expect(bytes(mergeTallies(emptyTally, a))).toBe(bytes(a))
      }),
    )
  })

  it('gives the same bytes however blocks are split over workers and in whatever order these report', () => {
    const blocks = fc.array(anyTally, { maxLength: 8 })
    fc.assert(
      fc.property(
        blocks.chain((tallies) =>
          fc.record({
            tallies: fc.constant(tallies),
            shuffled: fc.shuffledSubarray(tallies, { minLength: tallies.length }),
            workers: fc.array(fc.nat(3), { minLength: tallies.length, maxLength: tallies.length }),
          }),
        ),
        ({ tallies, shuffled, workers }) => {
          const shares = Map.groupBy(shuffled.keys(), (index) => workers[index] ?? 0)
          const merged = [...shares.values()].map((share) => sum(share.map((index) => shuffled[index] ?? emptyTally)))
          expect(bytes(sum(merged))).toBe(bytes(sum(tallies)))
        },
      ),
    )
  })

  it('adds what is counted, and keeps the lowest trial that violated a property', () => {
    const one: Tally = {
      ...emptyTally,
      blocks: [{ index: 1, hash: 'b' }],
      trials: 100,
      triggers: { R4: 3, L1: 0 },
      violations: { R4: { trials: 2, firstTrial: 140 } },
      outside: ['worker thread'],
    }
    const other: Tally = {
      ...emptyTally,
      blocks: [{ index: 0, hash: 'a' }],
      trials: 100,
      triggers: { L1: 7, R4: 1 },
      violations: { R4: { trials: 1, firstTrial: 7 }, L1: { trials: 1, firstTrial: 99 } },
      outside: ['worker thread', 'child process'],
    }
    expect(mergeTallies(one, other)).toEqual({
      ...emptyTally,
      blocks: [
        { index: 0, hash: 'a' },
        { index: 1, hash: 'b' },
      ],
      trials: 200,
      triggers: { L1: 7, R4: 4 },
      violations: { L1: { trials: 1, firstTrial: 99 }, R4: { trials: 3, firstTrial: 7 } },
      outside: ['child process', 'worker thread'],
    })
  })

  it('counts under names that every object answers to', () => {
    const one: Tally = { ...emptyTally, planned: { constructor: 1 } }
    expect(mergeTallies(one, { ...emptyTally, planned: { toString: 2 } }).planned).toEqual({
      constructor: 1,
      toString: 2,
    })
  })

  it('gives a tally again', () => {
    fc.assert(
      fc.property(anyTally, anyTally, (a, b) => {
        const merged = mergeTallies(a, b)
        expect(tallySchema.parse(JSON.parse(bytes(merged)))).toEqual(merged)
      }),
    )
  })
})
