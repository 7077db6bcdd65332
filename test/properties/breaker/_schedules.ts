import fc from 'fast-check'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import type { PlannedCall, PlannedTask } from './_breaker-trial.ts'
import type { Style } from './_model-breaker.ts'

type BreakerInputProfile = NonNullable<ProfileInput['breaker']>

const window = fc.oneof(
  fc.integer({ min: 2, max: 8 }).map((calls) => ({ calls })),
  fc.constantFrom(2_000, 5_000, 10_000).map((ms) => ({ ms })),
)
const rate = fc.record({
  threshold: fc.constantFrom(0.25, 0.5, 0.6, 1),
  window,
  minimumCalls: fc.integer({ min: 1, max: 5 }),
  opens: fc.constantFrom<'at' | 'above'>('at', 'above'),
})
const rule = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((consecutiveFailures) => ({ consecutiveFailures })),
  rate.map((failureRate) => ({ failureRate })),
  rate.map((slow) => ({ slowCalls: { ...slow, slowerThanMs: 1_000 } })),
  fc
    .tuple(fc.integer({ min: 2, max: 5 }), rate)
    .map(([consecutiveFailures, failureRate]) => ({ consecutiveFailures, failureRate })),
)

/** A declared breaker of any kind. */
export const anyBreaker: fc.Arbitrary<BreakerInputProfile> = fc
  .tuple(
    rule,
    fc.record({
      cooldownMs: fc.constantFrom(1_000, 5_000, 30_000),
      probesAtOnce: fc.integer({ min: 1, max: 2 }),
      probesToClose: fc.integer({ min: 1, max: 2 }),
      sharedBy: fc.constantFrom<'agent' | 'task'>('agent', 'agent', 'task'),
    }),
    fc.record(
      {
        cooldownGrowth: fc.constant({ factor: 2, capMs: 60_000 }),
        probeTimeoutMs: fc.constantFrom(500, 4_000),
        whileProbing: fc.constantFrom<'refuse' | 'hold'>('refuse', 'hold'),
        rateLimitsCount: fc.boolean(),
        indeterminateCounts: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([opening, base, optional]) => ({ ...opening, ...base, ...optional }))

/** What an honest breaker makes of what its profile leaves open. */
export const anyStyle: fc.Arbitrary<Style> = fc.record({
  judgesAfterSuccess: fc.boolean(),
  rateOver: fc.constantFrom<'starts' | 'ends'>('starts', 'ends'),
  sliceMs: fc.constantFrom(1, 200, 1_000),
  rateLimitsCount: fc.boolean(),
  indeterminateCounts: fc.boolean(),
  cancelledProbe: fc.constantFrom<'returned' | 'reopens'>('returned', 'reopens'),
  keepsProbeSamples: fc.boolean(),
})

/** Latencies that often fall on one instant, and now and then outlast a cooldown. */
const latencyMs = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 100, 100, 400, 1_500) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 5_000, 6_000, 31_000) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
)
const call = (failing: number): fc.Arbitrary<PlannedCall> =>
  fc.record({
    latencyMs,
    end: fc.oneof(
      { weight: failing, arbitrary: fc.constant('failure' as const) },
      { weight: 4, arbitrary: fc.constant('success' as const) },
      { weight: 2, arbitrary: fc.constantFrom('429' as const, '400' as const, 'reset' as const, 'hang' as const) },
    ),
  })

const gapMs = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 100, 500, 1_000) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 6_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(4_999, 5_000, 5_001, 29_999, 30_000, 30_001) },
)

/** Failures until it opens, with slow calls under way; a pause of about a cooldown; slow probes, with demand beside them. */
export function cyclesOf(cooldownMs: number, cancels = true): fc.Arbitrary<readonly PlannedTask[]> {
  const task = (latencies: readonly number[], ends: readonly PlannedCall['end'][], gaps: readonly number[]) =>
    fc.record({
      gapMs: fc.constantFrom(...gaps),
      calls: fc.record({ latencyMs: fc.constantFrom(...latencies), end: fc.constantFrom(...ends) }).map((one) => [one]),
      cancelAfterMs: cancels ? fc.option(fc.constantFrom(50, 300), { freq: 6 }) : fc.constant(null),
    })
  const failing = fc.array(task([0, 100], ['failure', 'failure', 'failure', '400'], [0, 10, 100]), {
    minLength: 1,
    maxLength: 7,
  })
  const late = fc.array(
    task([cooldownMs + 300, cooldownMs + 600, cooldownMs + 900, cooldownMs - 50], ['success', 'failure'], [0, 10]),
    { minLength: 1, maxLength: 2 },
  )
  const pause = task(
    [100, 1_500],
    ['success', 'failure', '400', 'hang'],
    [cooldownMs - 400, cooldownMs - 2, cooldownMs, cooldownMs + 10],
  )
  const probing = fc.array(task([100, 1_500], ['success', 'failure', '400', 'hang'], [10, 50, 200]), {
    minLength: 1,
    maxLength: 5,
  })
  return fc
    .array(fc.tuple(late, failing, fc.array(pause, { minLength: 1, maxLength: 2 }), probing), {
      minLength: 1,
      maxLength: 3,
    })
    .map((cycles) => {
      let at = 0
      return cycles.flat(2).map(({ gapMs: gap, ...planned }) => ({ ...planned, upstream: 'openai', at: (at += gap) }))
    })
}

/** Tasks of all kinds, arriving in bursts and with pauses about as long as a cooldown. */
export const anySchedule: fc.Arbitrary<readonly PlannedTask[]> = fc.constantFrom(2, 8, 20).chain((failing) =>
  fc
    .array(
      fc.record({
        gapMs,
        upstream: fc.constantFrom('openai', 'openai', 'openai', 'backup'),
        calls: fc.array(call(failing), { minLength: 1, maxLength: 3 }),
        cancelAfterMs: fc.option(fc.constantFrom(0, 50, 100, 1_000, 4_000), { freq: 8 }),
      }),
      { minLength: 5, maxLength: 40 },
    )
    .map((tasks) => {
      let at = 0
      return tasks.map(({ gapMs: gap, ...task }) => ({ ...task, at: (at += gap) }))
    }),
)

/** A breaker, how it fills the gaps of its declaration, and what it meets. */
export const anyTrial = anyBreaker.chain((breaker) =>
  fc.record({
    breaker: fc.constant(breaker),
    style: anyStyle,
    schedule: fc.oneof(anySchedule, cyclesOf(breaker.cooldownMs)),
  }),
)

/** A plain breaker, in cycles of failure, pause and probing: where probes and stragglers go wrong most often. */
const plainTrialOf = (probesToClose: number) =>
  fc
    .record({
      consecutiveFailures: fc.integer({ min: 1, max: 4 }),
      cooldownMs: fc.constantFrom(1_000, 5_000),
      probeTimeoutMs: fc.constant(500),
      whileProbing: fc.constant('refuse' as const),
      probesToClose: fc.constant(probesToClose),
    })
    .chain((breaker) => {
      const schedule = fc.oneof(cyclesOf(breaker.cooldownMs), cyclesOf(breaker.cooldownMs, false))
      return fc.record({ breaker: fc.constant(breaker), style: anyStyle, schedule })
    })
export const plainTrial = plainTrialOf(1)
/** The same, where two probes have to succeed. */
export const twoProbeTrial = plainTrialOf(2)
