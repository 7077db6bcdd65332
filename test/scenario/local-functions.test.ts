import * as fc from 'fast-check'
import {
  type Agent,
  type Fault,
  type Upstream,
  faultable,
  faults,
  localFunction,
  openAiChat,
  properties,
  scenario,
  workloads,
} from 'shakedown'
import { describe, expect, it } from 'vitest'
import { judgeFor } from '../../src/scenario/finding.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { fault } from '../faults/_strike.ts'

const refundFunction = { kind: 'tool', name: 'issue_refund' } as const

/** An agent that refunds by a function of its own and tries again where that fails. */
function refunder(): Agent {
  const refund = faultable(
    { ...refundFunction, effect: ([{ orderId }]) => ({ key: `refund:${orderId}`, detail: {} }) },
    ({ orderId }: { orderId: string }) => Promise.resolve({ refunded: orderId }),
  )
  return async () => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const outcome = await withTimeout(refund({ orderId: 'A-1' })).catch(() => null)
      if (outcome !== null) return { answer: `refunded at attempt ${attempt}`, stop: 'end_turn' }
    }
    return { answer: null, stop: 'max_steps' }
  }
}

/** The time-out that most agents have: a race that leaves the call running. */
function withTimeout<Value>(promise: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('too late')), 10_000))
  return Promise.race([promise, late])
}

function refunds(upstreams: () => readonly Upstream[] = () => []) {
  return scenario('refunds by a function', {
    agent: refunder,
    tasks: [{ id: 'refund', input: 'Refund order A-1.' }],
    upstreams,
    profile: { tools: { effectful: ['issue_refund'] } },
    search: {
      trials: 1,
      faults: faults.swarm(faults.tool('issue_refund').all()),
      properties: properties.effects.atMostOnce,
    },
  })
}

const under = (one: Fault) => {
  const judged = refunds()
  return runTrial({ scenario: judged, judge: judgeFor(judged), seed: 1, trial: 0, plan: { faults: [one] }, keep: true })
}

describe('an agent with a function for a tool', () => {
  it('tries again where the function fails, and no effect is doubled', async () => {
    const { events, verdicts, deliveries } = await under(fault('function.rejects', refundFunction))
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'task.ended',
        outcome: expect.objectContaining({ answer: 'refunded at attempt 2' }),
      }),
    )
    expect(deliveries).toEqual([1])
    expect(verdicts.get('L11')).toMatchObject({ verdict: 'holds' })
  })

  it('is caught doing its work twice where the first success comes after its time-out', async () => {
    const { verdicts, effects, deliveries } = await under(
      fault('function.late_success', refundFunction, { lateMs: 30_000 }),
    )
    expect(deliveries).toEqual([1])
    expect(effects).toHaveLength(2)
    expect(verdicts.get('L11')).toMatchObject({ verdict: 'violated' })
  })

  it('has left nothing behind where it gave up a call that comes later', async () => {
    const { events } = await under(fault('function.late_success', refundFunction, { lateMs: 90_000 }))
    // The time-out of its second attempt is its own.
    expect(events.at(-1)).toMatchObject({ type: 'trial.ended', leftovers: ['timer ×1'] })
  })

  it('ends with an uncaught error where the function throws before there is a promise', async () => {
    const { events } = await under(fault('function.throws', refundFunction))
    expect(events).toContainEqual(expect.objectContaining({ type: 'task.threw' }))
  })
})

/** An agent that looks up who asks and tells what it saw; its tool knows two customers. */
function lookingUp(): Agent {
  const lookUp = faultable({ kind: 'tool', name: 'look_up' }, (user: string) => Promise.resolve({ balanceOf: user }))
  return async ({ input }) => ({ answer: (await lookUp(input)).balanceOf, stop: 'end_turn' })
}

describe('a tool that mixes its users up', () => {
  it('tells one what it told another', async () => {
    const judged = scenario('two customers', {
      agent: lookingUp,
      tasks: ['ann', 'ben'].map((user) => ({ id: user, input: user, user })),
      workload: workloads.inARow(['ann', 'ann', 'ben'], 3),
      upstreams: () => [],
      profile: {},
      search: { trials: 1, faults: faults.swarm(faults.tool('look_up').all()), properties: properties.loop },
    })
    const mixed = fault('tool.other_user', { kind: 'tool', name: 'look_up' }, {}, { on: 'every', n: 1 })
    const { events, deliveries } = await runTrial({
      scenario: judged,
      seed: 1,
      trial: 0,
      plan: { faults: [mixed] },
      keep: true,
    })
    const answers = events.flatMap((event) => (event.type === 'task.ended' ? [event.outcome.answer] : []))
    expect(answers).toEqual(['ann', 'ann', 'ann'])
    expect(deliveries).toEqual([1])
  })
})

describe('a search for faults of a function', () => {
  const drawn = (upstreams?: () => readonly Upstream[]) => {
    const plans = fc.sample(refunds(upstreams).search.faults.arbitrary, { numRuns: 600, seed: 3 })
    return new Set(plans.flatMap((plan) => plan.faults.map(({ id }) => id)))
  }

  it('leaves out what no function can suffer, where the scenario lists it', () => {
    const ids = drawn(() => [localFunction(refundFunction)])
    expect([...ids].filter((id) => id.startsWith('net.'))).toEqual([])
    expect(ids).toContain('function.hangs')
    expect(ids).toContain('latency.fixed')
  })

  it('leaves out what needs time, where its callers do not wait', () => {
    const ids = drawn(() => [localFunction({ ...refundFunction, synchronous: true })])
    expect(ids).toContain('function.throws')
    expect(ids).not.toContain('function.hangs')
    expect(ids).not.toContain('latency.fixed')
  })

  it('keeps every fault where nobody says what the name is', () => {
    const ids = drawn(() => [openAiChat({ script: () => ({ content: 'Hello.' }) })])
    expect([...ids]).toEqual(expect.arrayContaining(['net.refused', 'function.hangs']))
  })
})
