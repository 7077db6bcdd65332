import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trigger } from '../../src/contract/fault.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { callOf } from './_call.ts'
import { fault, modelTarget } from './_strike.ts'

const never = Number.POSITIVE_INFINITY

/** Ordinals, from 1, of the calls that a trigger chooses among calls at the given virtual times. */
function chosen(trigger: Trigger, times: readonly number[], seed = 'trigger'): number[] {
  const injector = new PlanInjector({ faults: [fault('latency.fixed', modelTarget, { ms: 1 }, trigger)] }, seed, never)
  return times.flatMap((nowMs, call) => (injector.interfere(callOf('model', call, nowMs)).length > 0 ? [call + 1] : []))
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
/** Few enough that calls fall on the very ends of a span. */
const instant = fc.nat(20).map((steps) => steps * 250)
const times = fc.array(instant, { maxLength: 60 }).map((steps) => steps.toSorted((a, b) => a - b))
const small = fc.integer({ min: 1, max: 70 })

describe('a trigger chooses', () => {
  it('nth: that call alone', () => {
    fc.assert(
      fc.property(small, times, (n, at) => {
        expect(chosen({ on: 'nth', n }, at)).toEqual(n <= at.length ? [n] : [])
      }),
    )
  })

  it('every: the nth call and each nth after it', () => {
    fc.assert(
      fc.property(small, times, (n, at) => {
        const multiples = range(1, Math.floor(at.length / n)).map((times) => times * n)
        expect(chosen({ on: 'every', n }, at)).toEqual(multiples)
      }),
    )
  })

  it('until: all calls before the nth', () => {
    fc.assert(
      fc.property(small, times, (n, at) => {
        expect(chosen({ on: 'until', n }, at)).toEqual(range(1, Math.min(n - 1, at.length)))
      }),
    )
  })

  it('burst: so many calls in a row', () => {
    fc.assert(
      fc.property(small, small, times, (from, length, at) => {
        expect(chosen({ on: 'burst', from, length }, at)).toEqual(range(from, Math.min(from + length - 1, at.length)))
      }),
    )
  })

  it('cycle: so many calls struck, so many spared, from the first on', () => {
    fc.assert(
      fc.property(small, small, times, (strikes, spares, at) => {
        const period = strikes + spares
        const expected = range(1, at.length).filter((ordinal) => (ordinal - 1) % period < strikes)
        expect(chosen({ on: 'cycle', strikes, spares }, at)).toEqual(expected)
      }),
    )
  })

  it('between with a rate: of the calls of that span, those that the rate alone would choose', () => {
    fc.assert(
      fc.property(instant, instant, times, fc.constantFrom(0, 0.3, 1), (fromMs, lengthMs, at, rate) => {
        const inSpan = chosen({ on: 'between', fromMs, toMs: fromMs + lengthMs }, at)
        const some = chosen({ on: 'between', fromMs, toMs: fromMs + lengthMs, rate }, at)
        if (rate === 0) expect(some).toEqual([])
        else if (rate === 1) expect(some).toEqual(inSpan)
        else expect(inSpan).toEqual(expect.arrayContaining(some))
      }),
    )
    const many = range(1, 10_000)
    const share = chosen({ on: 'between', fromMs: 0, toMs: 20_000, rate: 0.3 }, many).length
    expect(Math.abs(share - 3_000)).toBeLessThan(200)
  })

  it('between: the calls of that span, its end excluded', () => {
    fc.assert(
      fc.property(instant, instant, times, (fromMs, lengthMs, at) => {
        const early = at.filter((ms) => ms < fromMs).length
        const late = at.filter((ms) => ms >= fromMs + lengthMs).length
        const expected = range(early + 1, at.length - late)
        expect(chosen({ on: 'between', fromMs, toMs: fromMs + lengthMs }, at)).toEqual(expected)
      }),
    )
  })

  it('rate: none at 0, all at 1, and the same ones whatever their times', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), times, fc.string(), (rate, at, seed) => {
        expect(chosen({ on: 'rate', rate: 0 }, at, seed)).toEqual([])
        expect(chosen({ on: 'rate', rate: 1 }, at, seed)).toEqual(range(1, at.length))
        const still = at.map(() => 0)
        expect(chosen({ on: 'rate', rate }, at, seed)).toEqual(chosen({ on: 'rate', rate }, still, seed))
      }),
    )
  })

  it('rate: its share of 20 000 calls, within the 99.9 % interval of the binomial', () => {
    const calls = 20_000
    const at = Array.from({ length: calls }, () => 0)
    for (const rate of [0.01, 0.1, 0.3, 0.5, 0.9]) {
      const halfWidth = 3.2905 * Math.sqrt(rate * (1 - rate) * calls)
      expect(Math.abs(chosen({ on: 'rate', rate }, at, `rate ${rate}`).length - rate * calls)).toBeLessThanOrEqual(
        halfWidth,
      )
    }
  })

  it('rate: independently from call to call and from seed to seed', () => {
    const calls = 20_000
    const at = Array.from({ length: calls }, () => 0)
    const halfWidth = 3.2905 * Math.sqrt(0.25 * 0.75 * calls)
    const struck = new Set(chosen({ on: 'rate', rate: 0.5 }, at, 'one'))
    const pairs = [...struck].filter((call) => struck.has(call + 1)).length
    expect(Math.abs(pairs - 0.25 * calls)).toBeLessThanOrEqual(halfWidth * Math.SQRT2)
    const both = chosen({ on: 'rate', rate: 0.5 }, at, 'other').filter((call) => struck.has(call)).length
    expect(Math.abs(both - 0.25 * calls)).toBeLessThanOrEqual(halfWidth)
  })
})
