import { expect, it } from 'vitest'
import type { Fault } from '../../src/contract/fault.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { callOf } from '../faults/_call.ts'
import { fault } from '../faults/_strike.ts'

const draws = 100_000
/** Of the 99.9 % interval. */
const alpha = 0.001
const never = Number.POSITIVE_INFINITY
const rates = [0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 0.99]
interface Target {
  readonly kind: 'model' | 'tool'
  readonly name: string
}
const targets: readonly Target[] = [
  { kind: 'model', name: '*' },
  { kind: 'model', name: 'openai' },
  { kind: 'tool', name: '*' },
  { kind: 'tool', name: 'issue_refund' },
]

/** How often each fault of a plan was delivered over many calls of its target. */
function deliveries(faults: readonly Fault[], { kind, name }: Target): readonly number[] {
  const injector = new PlanInjector({ faults: [...faults] }, 'shares', never)
  const called = name === '*' ? undefined : name
  for (let call = 0; call < draws; call++) injector.interfere(callOf(kind, call, call, called))
  return injector.deliveries
}

function expectShare(delivered: number, share: number, what: string): void {
  const [lower, upper] = clopperPearson(delivered, draws, alpha)
  expect([what, lower <= share && share <= upper, delivered]).toEqual([what, true, delivered])
}

const delayed = (target: Target, rate: number, ms: number) =>
  fault('latency.fixed', target, { ms }, { on: 'rate', rate })

it.each(targets)('a fault at a rate strikes that share of the calls of %o', (target) => {
  for (const rate of rates) {
    const [delivered = 0] = deliveries([delayed(target, rate, 1)], target)
    expectShare(delivered, rate, `${target.kind} ${target.name} at ${rate}`)
  }
})

it.each(targets)('faults that go together strike each at its own rate, whatever stands beside it, %o', (target) => {
  const faults = rates.map((rate, index) => delayed(target, rate, index + 1))
  for (const [index, delivered] of deliveries(faults, target).entries()) {
    expectShare(delivered, rates[index] ?? 0, `${target.kind} ${target.name} at ${rates[index]} among others`)
  }
})

it.each(targets)('of faults that answer a call, each gets what those before it leave, %o', (target) => {
  const mix = [0.3, 0.3, 0.5]
  const ids = ['net.refused', 'net.close', 'net.hang.headers']
  const faults = mix.map((rate, index) => fault(ids[index] ?? '', target, {}, { on: 'rate', rate }))
  const expected = [0.3, 0.7 * 0.3, 0.7 * 0.7 * 0.5]
  for (const [index, delivered] of deliveries(faults, target).entries()) {
    expectShare(delivered, expected[index] ?? 0, `${ids[index]} of ${target.kind} ${target.name}`)
  }
})
