import { describe, expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { breakerProperties } from '../../../src/properties/breaker/breaker-properties.ts'
import { factsOf, verdictOf } from '../_trace.ts'
import { BreakerTrace } from './_breaker-trace.ts'
import { judgedBreaker, violations } from './_judged.ts'

type Breaker = Partial<NonNullable<ProfileInput['breaker']>>
type Story = (trace: BreakerTrace) => unknown
interface Case {
  readonly profile?: Breaker
  readonly holds: Story
  readonly violates: Story
  readonly because: string
  /** The other properties that the same deed violates. */
  readonly also?: readonly string[]
}

/** Two failures, the second of which ends at 0.020 s and opens the breaker until 1.020 s. */
const trip = (trace: BreakerTrace): BreakerTrace => trace.calls(500, 500)
const rate = { threshold: 0.5, window: { calls: 2 }, minimumCalls: 2 }

const cases: Readonly<Record<string, Case>> = {
  B1: {
    holds: (t) => trip(t).wait(1_000).calls(200),
    violates: (t) => trip(t).calls(200),
    because:
      '2 failures in a row to "openai" ended at 0.020 s, so no call may begin before 1.020 s, but call 2 began at 0.020 s',
  },
  B2: {
    holds: (t) => trip(t).refuses(),
    violates: (t) => t.calls(500).refuses(),
    because:
      'the agent refused a call to "openai" at 0.010 s, but nothing had opened its breaker: at most 1 of 2 failures in a row had been seen',
  },
  B3: {
    holds: (t) => trip(t).refuses().wait(1_000).calls(200),
    violates: (t) => trip(t).refuses().wait(100).calls(200),
    because: 'so no call may begin before 1.020 s, but call 2 began at 0.120 s',
  },
  B4: {
    holds: (t) => {
      const slow = t.open()
      trip(t).wait(500).answer(slow, 500).wait(600).calls(200)
    },
    violates: (t) => {
      const slow = t.open()
      trip(t).wait(500).answer(slow, 500).wait(600).refuses()
    },
    because:
      'had to let a probe through from 1.020 s; it would be explained if calls that failed while the breaker was open prolonged its cooldown',
  },
  B5: {
    holds: (t) => trip(t).refuses().wait(1_000).calls(200),
    violates: (t) => trip(t).refuses().wait(999).calls(200),
    because: 'so no call may begin before 1.020 s, but call 2 began at 1.019 s',
    also: ['B3'],
  },
  B6: {
    holds: (t) => {
      const probe = trip(t).wait(1_000).open()
      t.refuses().answer(probe, 200)
    },
    violates: (t) => {
      trip(t).wait(1_000).open()
      t.wait(5).open()
    },
    because: 'the breaker of "openai" was half-open with call 2 under way, of 1 at once, but call 3 began at 1.025 s',
  },
  B7: {
    holds: (t) => trip(t).wait(1_000).calls(200, 200),
    violates: (t) => trip(t).wait(1_000).calls(200).wait(5).refuses(),
    because: 'it would be explained if successful probes did not close the breaker',
    also: ['B2'],
  },
  B8: {
    holds: (t) => trip(t).wait(1_000).calls(500).refuses().wait(1_000).calls(200),
    violates: (t) => trip(t).wait(1_000).calls(500, 200),
    because: 'the failure of the probe, call 2, to "openai" ended at 1.030 s, so no call may begin before 2.030 s',
  },
  B9: {
    holds: (t) => trip(t).wait(1_000).calls(200, 500, 200),
    violates: (t) => trip(t).wait(1_000).calls(200, 500).refuses(),
    because: 'it would be explained if failures from before the breaker closed still counted',
    also: ['B2'],
  },
  B10: {
    holds: (t) => t.calls(400, 500, 400, 500).refuses(),
    violates: (t) => t.calls(400, 500).refuses(),
    because: 'it would be explained if calls that ended neutrally counted as failures',
    also: ['B2'],
  },
  B11: {
    holds: (t) => {
      const probe = trip(t).wait(1_000).open()
      t.wait(5).cancel(probe).wait(5).calls(200)
    },
    violates: (t) => {
      const probe = trip(t).wait(1_000).open()
      t.wait(5).cancel(probe).wait(5).open()
      t.wait(5).open()
    },
    because: 'it would be explained if a cancelled probe closed the breaker',
  },
  B12: {
    holds: (t) => {
      const slow = t.open()
      trip(t).wait(1_000).open()
      t.answer(slow, 200).wait(5).refuses()
    },
    violates: (t) => {
      const slow = t.open()
      trip(t).wait(1_000).open()
      t.answer(slow, 200).wait(5).open()
    },
    because: 'it would be explained if the success of a call admitted before the breaker opened closed it',
  },
  B13: {
    profile: { probeTimeoutMs: 300 },
    holds: (t) => {
      trip(t).wait(1_000).open()
      t.wait(1_400).calls(200)
    },
    violates: (t) => {
      trip(t).wait(1_000).open()
      t.wait(1_400).refuses()
    },
    because: 'it would be explained if a probe that never ended kept its permit',
  },
  B14: {
    holds: (t) => trip(t).healed().wait(2_000).calls(200),
    violates: (t) => trip(t).healed().wait(2_000).refuses(),
    because: 'its breaker, opened by 2 failures in a row at 0.020 s, had to let a probe through from 1.020 s',
  },
  B15: {
    profile: { probesToClose: 2 },
    holds: (t) => trip(t).wait(1_000).calls(200, 200),
    violates: (t) => trip(t).wait(1_000).calls(200).wait(5).refuses(),
    because: 'its breaker was half-open with 0 of 1 probes under way',
  },
  B16: {
    holds: (t) => trip(t).takes(10, 200, 'backup'),
    violates: (t) => trip(t).refuses([{ upstream: 'backup' }]),
    because: 'it would be explained if all guarded upstreams shared one breaker',
    also: ['B2'],
  },
  B17: {
    profile: { sharedBy: 'task' },
    holds: (t) => {
      const task = t.open()
      t.wait(10).trace.answer(task.call, 500)
      t.trace.answer(t.trace.model({}, { task: task.task }), 500)
      t.calls(200)
    },
    violates: (t) => trip(t).refuses(),
    because: 'it would be explained if the breaker was shared between tasks otherwise than declared',
    also: ['B2'],
  },
  B18: {
    holds: (t) => {
      const [one, other] = [t.open(), t.open()]
      t.wait(10).answer(one, 500).answer(other, 500).refuses()
    },
    violates: (t) => {
      trip(t).refuses().wait(1_000).calls(200)
      const [one, other] = [t.open(), t.open()]
      t.wait(10).answer(one, 500).answer(other, 500).calls(200)
    },
    because: 'it would be explained if of several calls that ended at one instant only the first counted',
  },
  B19: {
    profile: { slowCalls: { ...rate, slowerThanMs: 100 } },
    holds: (t) => t.takes(200, 200).takes(200, 200).refuses(),
    violates: (t) => t.takes(200, 200).takes(200, 200).calls(200),
    because:
      '2 slow calls among 2 calls within the last 2 calls to "openai" ended at 0.400 s, so no call may begin before 1.400 s',
  },
  B20: {
    profile: { consecutiveFailures: undefined, failureRate: { ...rate, window: { ms: 2_000 } } },
    holds: (t) => t.calls(500).wait(3_000).calls(500, 200),
    violates: (t) => t.calls(500).wait(3_000).calls(500).refuses(),
    because: 'it would be explained if calls that had left the window still counted',
    also: ['B2'],
  },
  B21: {
    profile: { consecutiveFailures: undefined, failureRate: { ...rate, opens: 'above' } },
    holds: (t) => t.calls(200, 500, 200),
    violates: (t) => t.calls(200, 500).refuses(),
    because: 'it would be explained if a rate of exactly the threshold was treated the other way',
    also: ['B2'],
  },
  B22: {
    profile: { survivesRestart: true },
    holds: (t) => trip(t).killed().wait(100).refuses().wait(900).calls(200),
    violates: (t) => trip(t).killed().wait(100).calls(200),
    because:
      '2 failures in a row to "openai" ended at 0.020 s, so no call may begin before 1.020 s, but the next process began call 2 at 0.120 s',
  },
  B23: {
    holds: (t) =>
      trip(t)
        .wait(100)
        .refuses([{ retryAfterMs: 900 }]),
    violates: (t) =>
      trip(t)
        .wait(100)
        .refuses([{ retryAfterMs: 1_000 }]),
    because:
      'its refusal of a call to "openai" at 0.120 s says to wait 1.000 s, but the breaker, open since 0.020 s, lets a probe through from 1.020 s',
  },
  B24: {
    holds: (t) =>
      trip(t)
        .refuses([{ retryAfterMs: 1_000 }])
        .wait(10)
        .refuses([{ retryAfterMs: 990 }]),
    violates: (t) => trip(t).refuses([{ retryAfterMs: 1_000 }, { afterMs: 10, retryAfterMs: 990 }]),
    because: 'it tried "openai" again before the time that its refusal gave: refused at 0.020 s, 0.030 s',
  },
  B25: {
    holds: (t) =>
      t
        .calls(500)
        .refuses([{ by: 'bulkhead' }])
        .calls(200),
    violates: (t) =>
      t
        .calls(500)
        .refuses([{ by: 'bulkhead' }])
        .wait(5)
        .refuses(),
    because: 'it would be explained if refusals by the bulkhead counted as failures',
    also: ['B2'],
  },
  B26: {
    profile: { honoursRetryAfter: true },
    holds: (t) => t.takes(10, 429, 'openai', { 'retry-after': '1' }).wait(1_000).calls(200),
    violates: (t) => t.takes(10, 429, 'openai', { 'retry-after': '1' }).wait(999).calls(200),
    because:
      'call 0 was answered 429 with "retry-after: 1" at 0.010 s, so "openai" had to be left alone until 1.010 s, but call 1 began at 1.009 s',
  },
}

function told(story: Story): BreakerTrace {
  const trace = new BreakerTrace()
  story(trace)
  return trace
}
const profileOf = ({ profile = {} }: Case): ProfileInput => {
  const { consecutiveFailures, ...rest } = { consecutiveFailures: 2, cooldownMs: 1_000, ...profile }
  return { breaker: { ...rest, ...(consecutiveFailures === undefined ? {} : { consecutiveFailures }) } }
}

describe.each(breakerProperties.map((property) => [property.id, property] as const))('%s', (id, property) => {
  const given = cases[id]
  if (!given) throw new Error(`no case for ${id}`)
  const profile = profileOf(given)

  it('holds where its situation arises and nothing is wrong', () => {
    const trace = told(given.holds).trace
    expect(verdictOf(property, trace, profile)).toMatchObject({ verdict: 'holds' })
    expect(violations(judgedBreaker(trace.events, factsOf(profile)))).toEqual({})
  })

  it('is violated by the smallest wrong deed, and the others by the same deed only where they must', () => {
    const found = violations(judgedBreaker(told(given.violates).trace.events, factsOf(profile)))
    expect(found[id]).toContain(given.because)
    expect(Object.keys(found).sort()).toEqual([id, ...(given.also ?? [])].sort())
  })

  it('is not applicable where no breaker is declared', () => {
    expect(verdictOf(property, told(given.violates).trace, {}).verdict).toBe('not applicable')
  })
})
