import * as fc from 'fast-check'
import type { Trigger } from '../../contract/fault.ts'

/**
 * Generates triggers; shrinks towards "the first call".
 *
 * Small numbers, because a task makes a handful of calls: a trigger that waits for the fiftieth is never delivered.
 */
export const triggerArbitrary: fc.Arbitrary<Trigger> = fc.oneof(
  { withCrossShrink: true },
  fc.record({ on: fc.constant('nth'), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ on: fc.constant('burst'), from: fc.integer({ min: 1, max: 3 }), length: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ on: fc.constant('until'), n: fc.integer({ min: 2, max: 5 }) }),
  fc.record({ on: fc.constant('every'), n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ on: fc.constant('rate'), rate: fc.constantFrom<number[]>(0.1, 0.3, 0.5, 0.9) }),
  fc
    .record({
      fromMs: fc.constantFrom<number[]>(0, 500, 2_000),
      lengthMs: fc.constantFrom<number[]>(1_000, 10_000, 60_000),
    })
    .map(({ fromMs, lengthMs }) => ({ on: 'between' as const, fromMs, toMs: fromMs + lengthMs })),
)
