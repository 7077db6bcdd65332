import { describe, expect, it } from 'vitest'
import type { Property } from '../../../src/contract/property.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import type { Refusal } from '../../../src/contract/outcome.ts'
import { epochMs } from '../../../src/contract/epoch.ts'
import { concurrency } from '../../../src/properties/bulkhead/concurrency.ts'
import { fairness } from '../../../src/properties/bulkhead/fairness.ts'
import { firstCome } from '../../../src/properties/bulkhead/first-come.ts'
import { isolation } from '../../../src/properties/bulkhead/isolation.ts'
import { noDeadlock } from '../../../src/properties/bulkhead/no-deadlock.ts'
import { queue } from '../../../src/properties/bulkhead/queue.ts'
import { rateLimit } from '../../../src/properties/bulkhead/rate-limit.ts'
import { refusalIsNeutral } from '../../../src/properties/bulkhead/refusal-is-neutral.ts'
import { slots } from '../../../src/properties/bulkhead/slots.ts'
import { TraceBuilder, sentenceOf, toolCall, verdictOf } from '../_trace.ts'

const model = { kind: 'model' as const }
const one: ProfileInput = { bulkheads: [{ guards: [model], maxConcurrent: 1, maxQueued: 1 }] }
const judge = (property: Property, trace: TraceBuilder, declared = one) =>
  sentenceOf(verdictOf(property, trace, declared))
const tasks = (count: number): TraceBuilder => {
  const trace = new TraceBuilder()
  for (let task = 0; task < count; task++) trace.begun(task)
  return trace
}
const refused = (atMs: number, by: Refusal['by'] = 'bulkhead', upstream = 'openai') => ({
  answer: null,
  stop: 'error',
  claims: { refusals: [{ upstream, by, atMs: epochMs + atMs }] },
})

describe('K1 concurrency', () => {
  it('is violated by one call too many, counted until its answer has ended', () => {
    const trace = tasks(2)
    trace.head(trace.model(), 200).after(50)
    trace.model({}, { task: 1 })
    expect(verdictOf(concurrency, trace, one)).toEqual({
      verdict: 'violated',
      triggers: 2,
      witness: {
        sentence:
          '2 calls to "openai" were under way at 0.050 s (calls 0, 1), but the agent declares at most 1 at once',
        at: 50,
        calls: [0, 1],
      },
    })
  })

  it('holds where a call begins as another ends, and gives each upstream a pool of its own', () => {
    const trace = tasks(2)
    trace.reply(trace.model())
    trace.aborted(trace.model({}, { task: 1 }))
    trace.model()
    trace.model({}, { upstream: 'backup' })
    trace.tool('lookup')
    expect(judge(concurrency, trace)).toBe('holds')
    expect(judge(concurrency, trace, {})).toBe('not applicable')
  })
})

describe('K2 queue', () => {
  const waiting = (count: number): TraceBuilder => {
    const trace = tasks(count)
    for (let task = 0; task < count; task++) {
      const call = trace.model({}, { task })
      trace.after(100).reply(call).concluded({}, task)
    }
    return trace.finished()
  }

  it('holds for as many waiting tasks as declared', () => {
    expect(verdictOf(queue, waiting(2), one)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a longer queue', () => {
    expect(judge(queue, waiting(3))).toBe(
      '2 tasks ("refund-1", "refund-2") waited for their first call to "openai" after 0.000 s, but the agent declares that at most 1 wait',
    )
  })

  it('is violated by a refusal that comes late, or while there is a place', () => {
    const late = tasks(3)
    late.model()
    late.after(500).concluded(refused(500), 2)
    expect(judge(queue, late)).toBe(
      'task "refund-2" was refused its call to "openai" by the bulkhead at 0.500 s, but it had waited since 0.000 s; a full queue refuses at once',
    )
    const chain = (first: string) => ({
      fallback: { chain: [first, 'openai'].map((upstream) => ({ source: upstream, upstream })) },
    })
    expect(judge(queue, late, { ...one, ...chain('primary') })).toBe('holds')
    const soon = tasks(2)
    soon.model()
    expect(judge(queue, soon.concluded(refused(0), 1))).toContain('at most 0 tasks can have been waiting')
    const right = tasks(3)
    right.model()
    expect(judge(queue, right.concluded(refused(0), 2))).toBe('holds')
  })

  it('counts no wait while the agent is blocked, and lets it refuse as soon as it is not', () => {
    const begins = (): TraceBuilder => tasks(2).blocked(50).after(50)
    const trace = begins()
    const first = trace.model()
    const second = trace.after(100).reply(first).model({}, { task: 1 })
    expect(judge(queue, trace.after(100).reply(second).concluded({}, 1))).toBe('holds')
    const late = begins().after(1)
    late.model()
    late.after(100).model({}, { task: 1 })
    expect(judge(queue, late.finished())).toContain('2 tasks ("refund-0", "refund-1") waited')
    const refusedAt = (atMs: number): TraceBuilder => {
      const busy = tasks(3).blocked(50).after(50)
      busy.model()
      return busy.after(atMs - 50).concluded(refused(atMs), 2)
    }
    expect(judge(queue, refusedAt(50))).toBe('holds')
    expect(judge(queue, refusedAt(51))).toContain('it had waited since 0.050 s')
  })

  it('lets other declared rules explain a wait', () => {
    const limited = { ...one, rateLimits: [{ guards: [model], calls: 1, windowMs: 100 }] }
    expect(judge(queue, waiting(3), limited)).toBe('vacuous')
    const breaker = { consecutiveFailures: 1, cooldownMs: 1_000 }
    expect(judge(queue, waiting(3), { ...one, breaker })).toContain('2 tasks')
    expect(judge(queue, waiting(3), { bulkheads: [{ guards: [model], maxConcurrent: 1 }] })).toBe('not applicable')
  })
})

describe('K3 slots', () => {
  const timedOut = (): TraceBuilder => {
    const trace = tasks(1)
    const call = trace.model()
    return trace.after(100).aborted(call).concluded({ answer: null, stop: 'llm_api_error' }).after(100)
  }

  it('holds where the slot of a timed out call serves the next', () => {
    const trace = timedOut().begun(1)
    trace.reply(trace.model({}, { task: 1 })).concluded({}, 1)
    expect(verdictOf(slots, trace, one)).toEqual({ verdict: 'holds', triggers: 1 })
  })

  it('is violated by a task that waits although there is room', () => {
    const trace = timedOut().begun(1).after(300)
    trace.model({}, { task: 1 })
    expect(judge(slots, trace)).toBe(
      'task "refund-1" began at 0.200 s and sent its first call at 0.500 s (call 1), but from 0.200 s to 0.500 s fewer than the 1 slots for "openai" can have been taken',
    )
  })

  it('is violated by a refusal while there is room, and by waiting in vain', () => {
    const trace = timedOut().begun(1).concluded(refused(200), 1)
    expect(judge(slots, trace)).toContain('fewer than its 1 slots can have been taken then')
    const vain = timedOut().begun(1).after(9_000).concluded({ answer: null, stop: 'deadline' }, 1)
    expect(judge(slots, vain)).toContain('ended without a call at 9.200 s')
    expect(judge(slots, timedOut().begun(1).after(1).finished('stalled'))).toContain('had sent nothing at 0.201 s')
  })

  it('does not know which endpoint a task waits for that sends nothing', () => {
    const chain = ['openai', 'backup'].map((upstream) => ({ source: upstream, upstream }))
    const vain = (backupIsFull: boolean): TraceBuilder => {
      const trace = timedOut().begun(2)
      if (backupIsFull) trace.model({}, { task: 2, upstream: 'backup' })
      return trace.begun(1).after(9_000).concluded({ answer: null, stop: 'deadline' }, 1)
    }
    expect(judge(slots, vain(true), { ...one, fallback: { chain } })).toBe('vacuous')
    expect(judge(slots, vain(false), { ...one, fallback: { chain } })).toContain('ended without a call')
  })

  it('lets a call keep its slot between its attempts', () => {
    const trace = tasks(2)
    const call = trace.model()
    trace.after(100).answer(call, 500).after(400)
    const again = trace.model({}, { retryOf: call })
    trace.after(100).reply(again)
    trace.model({}, { task: 1 })
    expect(judge(slots, trace)).toBe('holds')
    expect(judge(slots, trace, { ...one, retry: { maxAttempts: 1 } })).toContain('from 0.100 s to 0.500 s')
    expect(judge(slots, trace, { ...one, retry: { maxAttempts: 2 } })).toBe('holds')
  })

  it('lets an agent that is blocked give a slot back afterwards', () => {
    const handedOn = (heldMs: number): TraceBuilder => {
      const trace = tasks(3)
      const call = trace.model()
      trace.after(100).reply(call).blocked(50).after(50)
      const next = trace.model({}, { task: 1 })
      const last = trace.after(400).reply(next).after(heldMs).model({}, { task: 2 })
      return trace.reply(last).concluded({}, 2)
    }
    expect(judge(slots, handedOn(0))).toBe('holds')
    expect(judge(slots, handedOn(1))).toContain('from 0.550 s to 0.551 s')
  })

  it('counts room before and after a block, also in a pool that is called only later', () => {
    const waits = (beforeMs: number, afterMs: number, upstream: string): TraceBuilder => {
      const trace = timedOut().begun(1).after(beforeMs).blocked(50).after(20).begun(2).after(30)
      trace.after(afterMs).model({}, { task: 1, upstream })
      return trace
    }
    for (const upstream of ['openai', 'backup']) {
      expect(judge(slots, waits(10, 5, upstream))).toContain('from 0.260 s to 0.265 s')
      expect(judge(slots, waits(0, 5, upstream))).toContain('from 0.250 s to 0.255 s')
    }
    const vain = timedOut().begun(1).blocked(50).after(50).cancelled(1).after(5).concluded({ stop: 'cancelled' }, 1)
    expect(judge(slots, vain)).toBe('vacuous')
  })

  it('lets an agent refuse before it has heard that a slot is free, and no longer', () => {
    const refusedAt = (atMs: number, freeMs = 0): TraceBuilder => {
      const trace = tasks(1)
      const call = trace.model()
      trace.after(100).reply(call).after(freeMs).blocked(50)
      const backup = trace
        .after(atMs - 100 - freeMs)
        .begun(1)
        .model({}, { task: 1, upstream: 'backup' })
      return trace.after(500).reply(backup).concluded(refused(atMs), 1)
    }
    expect(judge(slots, refusedAt(150))).toBe('holds')
    expect(judge(slots, refusedAt(151))).toContain('fewer than its 1 slots can have been taken then')
    expect(judge(slots, refusedAt(151, 1))).toContain('fewer than its 1 slots can have been taken then')
  })

  it('knows that whoever asks another source first may have waited for the primary', () => {
    const chain = ['openai', 'backup'].map((upstream) => ({ source: upstream, upstream }))
    const trace = timedOut().begun(1).after(300)
    trace.model({}, { task: 1, upstream: 'backup' })
    expect(judge(slots, trace, { ...one, fallback: { chain } })).toBe('vacuous')
    expect(judge(slots, trace)).toContain('slots for "backup"')
  })
})

describe('K4 first come, first served', () => {
  const served = (...order: readonly number[]): TraceBuilder => {
    const trace = new TraceBuilder().begun(0)
    let call = trace.model()
    for (const task of [1, 2]) trace.after(10).begun(task, { user: `user-${task}` })
    for (const task of order) {
      trace.after(100).reply(call)
      call = trace.model({}, { task })
    }
    return trace
  }

  it('holds in the order of arrival', () => {
    expect(verdictOf(firstCome, served(1, 2), one)).toEqual({ verdict: 'holds', triggers: 2 })
  })

  it('passes over what tasks do at their stores, unless that takes time', () => {
    const waiting = (storeMs: number) => {
      const trace = new TraceBuilder().begun(0)
      const call = trace.model()
      trace.after(10).begun(1)
      const statement = trace.statement({ task: 1 })
      trace.after(storeMs).answer(statement, 200)
      trace.after(100).reply(call).model({}, { task: 1 })
      return verdictOf(firstCome, trace, one)
    }
    expect(waiting(0)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(waiting(1)).toEqual({ verdict: 'vacuous' })
  })

  it('is violated where one is overtaken', () => {
    expect(judge(firstCome, served(2, 1))).toBe(
      'task "refund-1", which began at 0.010 s, sent its first call to "openai" only at 0.220 s (call 2), after task "refund-2", which began at 0.020 s, had been served (call 1)',
    )
  })

  it('keeps to one user where fairness among users is declared', () => {
    const fair = { bulkheads: [{ guards: [model], maxConcurrent: 1, maxOvertaking: 1 }] }
    expect(judge(firstCome, served(2, 1), fair)).toBe('holds')
  })

  it('does not tell who began or was served at one instant', () => {
    const trace = tasks(3)
    const call = trace.model()
    trace.after(100).reply(call)
    const next = trace.model({}, { task: 2 })
    trace.after(100).reply(next)
    trace.model({}, { task: 1 })
    expect(judge(firstCome, trace)).toBe('holds')
  })

  it('takes the two ends of a block for one instant, and a wait through it for none', () => {
    const pair = { bulkheads: [{ guards: [model], maxConcurrent: 2 }] }
    // Two slots come free; what the agent sends first blocks it, and the other call waits for nothing else.
    const served = (lateMs: number): TraceBuilder => {
      const trace = tasks(2)
      const calls = [trace.model(), trace.model({}, { task: 1 })]
      for (const task of [2, 3]) trace.after(10).begun(task)
      trace.after(100)
      for (const call of calls) trace.reply(call)
      trace.model({}, { task: 3 })
      trace
        .blocked(50)
        .after(50 + lateMs)
        .model({}, { task: 2 })
      return trace
    }
    expect(judge(firstCome, served(0), pair)).toBe('holds')
    expect(judge(firstCome, served(1), pair)).toContain('task "refund-2", which began at 0.010 s')
    const alone = tasks(1).blocked(50).after(50)
    alone.model()
    expect(judge(firstCome, alone)).toBe('vacuous')
  })

  it('gives a blocked agent time to give the place of a cancelled task back', () => {
    const refusedAt = (atMs: number, property = firstCome): string => {
      const trace = tasks(2)
      trace.model()
      trace.after(100).cancelled(1).concluded({ answer: null, stop: 'cancelled' }, 1).begun(2).blocked(50)
      // What a task says of its refusal is heard only when it ends.
      trace.after(100).concluded(refused(atMs), 2)
      return judge(property, trace)
    }
    expect(refusedAt(150)).toBe('vacuous')
    expect(refusedAt(150, queue)).toBe('holds')
    expect(refusedAt(151)).toContain('1 had been cancelled before and still have their places')
  })

  it('is violated where a cancelled task keeps its place', () => {
    const gone = (maxQueued: number): string => {
      const trace = tasks(2)
      trace.model()
      trace.after(100).cancelled(1).concluded({ answer: null, stop: 'cancelled' }, 1).after(100).begun(2)
      trace.concluded(refused(200), 2)
      return judge(firstCome, trace, { bulkheads: [{ guards: [model], maxConcurrent: 1, maxQueued }] })
    }
    expect(gone(1)).toBe(
      'task "refund-2" was refused its call to "openai" by the bulkhead at 0.200 s with a declared queue of 1, but at most 0 tasks can have been waiting; 1 had been cancelled before and still have their places',
    )
    expect(gone(0)).toBe('holds')
    expect(gone(2)).toBe('holds')
  })
})

describe('K5 isolation', () => {
  const beside = (sentAfterMs: number): TraceBuilder => {
    const trace = tasks(2)
    const call = trace.model()
    if (sentAfterMs < 100) {
      trace.after(sentAfterMs).model({}, { task: 1, upstream: 'other' })
      return trace
    }
    trace
      .after(100)
      .reply(call)
      .after(sentAfterMs - 100)
    trace.model({}, { task: 1, upstream: 'other' })
    return trace
  }

  it('is violated by a call that waits for the pool of another upstream', () => {
    expect(judge(isolation, beside(100))).toBe(
      'the model call to "other" of task "refund-1" was due at 0.000 s and was sent at 0.100 s (call 1), when the full pool of "openai" gave a slot back, but its own pool had room before',
    )
  })

  it('holds where the call goes ahead, and leaves other waits to K3', () => {
    expect(verdictOf(isolation, beside(0), one)).toEqual({ verdict: 'holds', triggers: 1 })
    expect(judge(isolation, beside(150))).toBe('vacuous')
    expect(judge(slots, beside(100))).toBe('holds')
    expect(judge(slots, beside(150))).toContain('slots for "other"')
  })

  it('knows when a tool is due, and that an approval may come first', () => {
    const trace = tasks(2)
    const full = trace.model()
    trace.reply(trace.model({}, { task: 1, upstream: 'other' }), [toolCall('a')])
    trace.after(100).reply(full)
    trace.tool('lookup', {}, { task: 1 })
    expect(judge(isolation, trace)).toContain('the call of tool "lookup" of task "refund-1" was due at 0.000 s')
    expect(judge(isolation, trace, { ...one, tools: { gated: ['lookup'] } })).toBe('holds')
    expect(judge(isolation, trace, { ...one, tools: { governed: ['lookup'] } })).toBe('holds')
  })
})

describe('K6 refusals and the breaker', () => {
  const declared = { ...one, breaker: { consecutiveFailures: 2, cooldownMs: 1_000 } }
  const stormy = (failures: number): TraceBuilder => {
    const trace = tasks(3 + failures)
    for (let task = 3; task < 3 + failures; task++) trace.answer(trace.model({}, { task }), 500)
    trace.after(100).concluded(refused(100), 0).concluded(refused(100), 1)
    return trace.after(100).concluded(refused(200, 'breaker'), 2)
  }

  it('is violated by a breaker that only refusals of the bulkhead can have opened', () => {
    expect(judge(refusalIsNeutral, stormy(0), declared)).toBe(
      'the breaker refused task "refund-2" its call to "openai" at 0.200 s, but only 0 of 0 calls there had failed by then, too few for the declared rule; only with 2 refusals of the bulkhead are there enough',
    )
    const rate = { failureRate: { threshold: 0.5, window: { calls: 10 }, minimumCalls: 3 }, cooldownMs: 1_000 }
    expect(judge(refusalIsNeutral, stormy(1), { ...one, breaker: rate })).toContain('only 1 of 1 calls')
  })

  it('holds where enough calls failed, and leaves what nothing explains to B2', () => {
    expect(verdictOf(refusalIsNeutral, stormy(2), declared)).toEqual({ verdict: 'holds', triggers: 1 })
    const higher = { ...one, breaker: { consecutiveFailures: 9, cooldownMs: 1_000 } }
    expect(judge(refusalIsNeutral, stormy(2), higher)).toBe('holds')
    expect(judge(refusalIsNeutral, stormy(2))).toBe('not applicable')
  })
})

describe('K7 rate limit', () => {
  const limited = (calls: number) => ({ rateLimits: [{ guards: [model], calls, windowMs: 1_000 }] })
  const sent = (...gapsMs: readonly number[]): TraceBuilder => {
    const trace = tasks(1)
    trace.model()
    for (const gapMs of gapsMs) trace.after(gapMs).model()
    return trace
  }

  it('holds for as many calls in a window as declared', () => {
    expect(verdictOf(rateLimit, sent(400, 600, 400), limited(2))).toEqual({ verdict: 'holds', triggers: 3 })
    expect(judge(rateLimit, sent(1_000), limited(1))).toBe('holds')
    expect(judge(rateLimit, sent(1_000, 1_000), limited(2))).toBe('vacuous')
  })

  it('is violated by one more, wherever the window begins', () => {
    expect(judge(rateLimit, sent(900, 600, 399), limited(2))).toBe(
      '3 calls to "openai" were sent from 0.900 s (call 1) to 1.899 s (call 3), but the agent declares at most 2 in any 1.000 s',
    )
    expect(judge(rateLimit, sent(999), limited(1))).toContain('2 calls')
    expect(judge(rateLimit, sent(0), {})).toBe('not applicable')
  })
})

describe('K8 fairness', () => {
  const fair = { bulkheads: [{ guards: [model], maxConcurrent: 1, maxOvertaking: 2 }] }
  const overtaken = (times: number): TraceBuilder => {
    const trace = new TraceBuilder()
    for (let task = 0; task <= times; task++) trace.begun(task, { user: 'ada' })
    let call = trace.model()
    trace.begun(99, { user: 'bob' })
    for (let task = 1; task <= times; task++) {
      trace.after(100).reply(call)
      call = trace.model({}, { task })
    }
    return trace.after(100).reply(call)
  }

  it('holds within the declared bound', () => {
    const trace = overtaken(2)
    trace.model({}, { task: 99 })
    expect(judge(fairness, trace, fair)).toBe('holds')
  })

  it('is violated by one call more, also where the task is never served', () => {
    const trace = overtaken(3)
    trace.model({}, { task: 99 })
    expect(judge(fairness, trace, fair)).toBe(
      'task "refund-99" waited for "openai" from 0.000 s to 0.400 s, while 3 calls of user "ada" were sent there, but the agent declares at most 2',
    )
    expect(judge(fairness, overtaken(3).concluded({ answer: null, stop: 'deadline' }, 99), fair)).toContain('3 calls')
    expect(judge(fairness, trace)).toBe('not applicable')
  })
})

describe('K9 no deadlock', () => {
  it('is violated by a standstill with a full pool and nothing else to wait for', () => {
    const trace = tasks(1)
    const call = trace.model()
    trace
      .after(100)
      .reply(call, [toolCall('a')])
      .healed()
      .finished('stalled')
    expect(judge(noDeadlock, trace)).toBe(
      'the trial came to a standstill at 0.100 s with "refund-0" unfinished and no fault left, so that what they wait for is a slot of the pool of "openai" that waits for them',
    )
  })

  it('holds where tasks end, and where a fault keeps a call silent', () => {
    const fine = tasks(1)
    fine.reply(fine.model()).concluded().healed().finished()
    expect(verdictOf(noDeadlock, fine, one)).toEqual({ verdict: 'holds', triggers: 1 })
    const silent = tasks(1)
    silent.struck(silent.model()).healed().finished('stalled')
    expect(judge(noDeadlock, silent)).toBe('holds')
    const unhealed = tasks(1)
    unhealed.struck(unhealed.model())
    expect(judge(noDeadlock, unhealed.finished('stalled'))).toBe('holds')
  })
})
