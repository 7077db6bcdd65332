import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault, FaultPlan, Trigger } from '../../src/contract/fault.ts'
import { faultPlanSchema } from '../../src/contract/fault.ts'
import { memberArbitrary } from '../../src/faults/arbitraries/member.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { callOf } from './_call.ts'
import { fault, modelTarget, refundUnder, toolTarget } from './_strike.ts'

const secrets = [{ name: 'canary', value: 'canary-1234', mayReach: [] }]
const never = Number.POSITIVE_INFINITY
const always: Trigger = { on: 'every', n: 1 }

const anyFault = fc.oneof(
  ...catalogue.flatMap(({ id, targets }) => targets.map((kind) => memberArbitrary(id, { kind, name: '*' }))),
)
/** Without answers, so that no fault of a plan keeps another from being delivered. */
const anySlowness: fc.Arbitrary<Fault> = fc.oneof(
  ...['latency.fixed', 'latency.uniform', 'latency.lognormal'].flatMap((id) =>
    [modelTarget, toolTarget].map((target) => memberArbitrary(id, target)),
  ),
)
const anyCalls = fc.array(fc.constantFrom('model' as const, 'tool' as const), { maxLength: 40 })

/** What one fault of a plan does to each call: the delay it adds, or null. */
function delaysBy(one: Fault, plan: FaultPlan, calls: readonly ('model' | 'tool')[]): (number | null)[] {
  const injector = new PlanInjector(plan, 'seed', never)
  const index = plan.faults.indexOf(one)
  return calls.map((kind, call) => {
    const mine = injector.interfere(callOf(kind, call, call * 500)).find((interference) => interference.fault === index)
    return mine === undefined ? null : (mine.delayMs ?? 0)
  })
}

describe('keyed randomness', () => {
  it('gives a fault the same draws whatever other faults stand around it', () => {
    fc.assert(
      fc.property(anySlowness, fc.array(anySlowness), fc.array(anySlowness), anyCalls, (one, before, after, calls) => {
        const alone = delaysBy(one, { faults: [one] }, calls)
        expect(delaysBy(one, { faults: [...before, one, ...after] }, calls)).toEqual(alone)
        expect(delaysBy(one, { faults: [...after, one, ...before] }, calls)).toEqual(alone)
      }),
    )
  })

  it('takes strikes away one by one and leaves the others as they were', () => {
    const occurrences = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
    fc.assert(
      fc.property(anySlowness, anyCalls, occurrences, (one, calls, only) => {
        const all = delaysBy(one, { faults: [one] }, calls)
        const limited = { ...one, only }
        let occurrence = 0
        const expected = all.map((delay, call) => {
          if (calls[call] !== one.target.kind) return null
          return only.includes(++occurrence) ? delay : null
        })
        expect(delaysBy(limited, { faults: [limited] }, calls)).toEqual(expected)
      }),
    )
  })

  it('gives a fault the same draws whatever is called besides', () => {
    const drawn = (calls: readonly ('model' | 'tool')[]) => {
      const one = fault('latency.uniform', toolTarget, { minMs: 0, maxMs: 100_000 }, { on: 'rate', rate: 0.5 })
      return delaysBy(one, { faults: [one] }, calls).filter((_delay, call) => calls[call] === 'tool')
    }
    const tools = Array.from({ length: 40 }, () => 'tool' as const)
    expect(drawn(tools.flatMap((tool) => ['model' as const, tool, 'model' as const]))).toEqual(drawn(tools))
  })

  it('draws for each upstream on its own', () => {
    const one = fault('latency.uniform', toolTarget, { minMs: 0, maxMs: 1_000_000 }, always)
    const delayOf = (name: string) =>
      new PlanInjector({ faults: [one] }, 'seed', never).interfere(callOf('tool', 0, 0, name))[0]?.delayMs
    expect(delayOf('issue_refund')).not.toBe(delayOf('look_up_order'))
  })

  it('draws the same for a plan that was read back, in whatever order its keys stand', () => {
    const written: Fault = fault('latency.uniform', toolTarget, { minMs: 0, maxMs: 1_000_000 }, always)
    const reordered: Fault = {
      parameters: { maxMs: 1_000_000, minMs: 0 },
      trigger: { n: 1, on: 'every' },
      target: { name: '*', kind: 'tool' },
      id: 'latency.uniform',
    }
    const plans = [{ faults: [written] }, { faults: [reordered] }, faultPlanSchema.parse({ faults: [reordered] })]
    const calls = ['tool', 'tool', 'tool'] as const
    const [first, ...others] = plans.map((plan) => delaysBy(plan.faults[0] ?? written, plan, calls))
    for (const other of others) expect(other).toEqual(first)
  })
})

describe('delivery', () => {
  it('counts the calls that each fault struck, and 0 for one that struck none', async () => {
    const { deliveries } = await refundUnder(
      fault('latency.fixed', toolTarget, { ms: 10 }),
      fault('latency.fixed', toolTarget, { ms: 20 }, { on: 'nth', n: 2 }),
      fault('latency.fixed', { kind: 'tool', name: 'look_up_order' }, { ms: 30 }),
      fault('openai.429.bare', modelTarget, {}, always),
    )
    expect(deliveries).toEqual([1, 0, 0, 0])
  })

  it('gives a call one answer: the first of the plan, whether it replaces or changes what the back end says', async () => {
    const error = fault('tool.error', toolTarget, { status: 503 })
    const notFound = fault('tool.not_found', toolTarget)
    const empty = fault('tool.empty', toolTarget)
    const silence = fault('tool.success_then_silence', toolTarget)
    expect(await refundUnder(error, notFound)).toMatchObject({ status: 503, deliveries: [1, 0] })
    expect(await refundUnder(notFound, error)).toMatchObject({ status: 404, deliveries: [1, 0] })
    expect(await refundUnder(error, empty)).toMatchObject({ status: 503, effects: [], deliveries: [1, 0] })
    expect(await refundUnder(empty, error)).toMatchObject({ body: '{}', effects: ['refund:A-1'], deliveries: [1, 0] })
    expect(await refundUnder(empty, silence)).toMatchObject({ body: '{}', deliveries: [1, 0] })
  })

  /** Those that change no more than how an answer travels. */
  const travelling = ['net.bandwidth', 'net.slow_close']

  it('gives every call one answer at most under any plan, and counts exactly what takes hold', () => {
    fc.assert(
      fc.property(fc.array(anyFault, { maxLength: 6 }), anyCalls, (faults, calls) => {
        const injector = new PlanInjector({ faults }, 'seed', never, secrets)
        const counted = faults.map(() => 0)
        for (const [call, kind] of calls.entries()) {
          const interferences = injector.interfere(callOf(kind, call, call * 100))
          const answers = interferences.filter(
            ({ id, instead, afterwards }) => !travelling.includes(id) && (instead ?? afterwards) !== undefined,
          )
          expect(answers.length).toBeLessThanOrEqual(1)
          for (const { fault: index, id, tookHold } of interferences) {
            tookHold?.()
            expect(faults[index]?.id).toBe(id)
            expect(faults[index]?.target.kind).toBe(kind)
            counted[index] = (counted[index] ?? 0) + 1
          }
        }
        expect(injector.deliveries).toEqual(counted)
      }),
    )
  })

  it('aims at a kind of upstream, and at one name unless it is *', () => {
    const strikes = (name: string, kind: 'model' | 'tool', called: string) =>
      new PlanInjector({ faults: [fault('latency.fixed', { kind, name }, { ms: 1 })] }, 'seed', never).interfere(
        callOf('tool', 0, 0, called),
      ).length === 1
    expect(strikes('*', 'tool', 'look_up')).toBe(true)
    expect(strikes('look_up', 'tool', 'look_up')).toBe(true)
    expect(strikes('look_up', 'tool', 'look_up_order')).toBe(false)
    expect(strikes('*', 'model', 'look_up')).toBe(false)
  })

  it('ends at the very instant at which the world heals', () => {
    fc.assert(
      fc.property(fc.array(anyFault, { minLength: 1 }), fc.nat(10_000), fc.nat(20_000), (faults, healAtMs, nowMs) => {
        const injector = new PlanInjector({ faults }, 'seed', healAtMs, secrets)
        if (nowMs < healAtMs) return
        expect(injector.interfere(callOf('model', 0, nowMs))).toEqual([])
        expect(injector.interfere(callOf('tool', 1, nowMs))).toEqual([])
      }),
    )
    const injector = new PlanInjector({ faults: [fault('latency.fixed', toolTarget, { ms: 1 }, always)] }, 'seed', 100)
    expect([99, 100, 101].map((nowMs, call) => injector.interfere(callOf('tool', call, nowMs)).length)).toEqual([
      1, 0, 0,
    ])
  })
})

describe('a plan that names no fault of the catalogue', () => {
  const injecting =
    (...faults: Fault[]) =>
    () =>
      new PlanInjector({ faults }, 'seed', never)
  const fine = fault('tool.not_found', toolTarget)

  it.each([
    [
      'id',
      fault('openai.430', modelTarget),
      'SHAKEDOWN_UNKNOWN_FAULT',
      'there is no fault "openai.430"; `shakedown list faults` shows those there are.',
    ],
    [
      'target',
      fault('tool.not_found', modelTarget),
      'SHAKEDOWN_FAULT_TARGET',
      'fault 2 of the plan, "tool.not_found", aims at a model but strikes only tool; give it such a target.',
    ],
    [
      'parameters',
      fault('latency.fixed', toolTarget, { ms: -5 }),
      'SHAKEDOWN_FAULT_PARAMETERS',
      'fault 2 of the plan, "latency.fixed", cannot take the parameters {"ms":-5}; `shakedown list faults` shows what it takes.',
    ],
    [
      'parameter too many',
      fault('net.refused', toolTarget, { ms: 5 }),
      'SHAKEDOWN_FAULT_PARAMETERS',
      'fault 2 of the plan, "net.refused", cannot take the parameters {"ms":5}; `shakedown list faults` shows what it takes.',
    ],
    [
      'range',
      fault('latency.uniform', toolTarget, { minMs: 10, maxMs: 5 }),
      'SHAKEDOWN_FAULT_PARAMETERS',
      'fault 2 of the plan, "latency.uniform", cannot take the parameters {"minMs":10,"maxMs":5}; `shakedown list faults` shows what it takes.',
    ],
  ])('by its %s is told so in one sentence', (_what, bad, code, message) => {
    expect(injecting(fine, bad)).toThrow(expect.objectContaining({ kind: 'usage', code, message }))
  })
})
