import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakerParts } from '../../../src/agent/resilience/breaker-parts.ts'
import type { BreakerParts } from '../../../src/agent/resilience/breaker-parts.ts'
import type { CallClass } from '../../../src/agent/errors/call-class.ts'
import { CircuitBreaker } from '../../../src/agent/resilience/circuit-breaker.ts'
import type { Permit } from '../../../src/agent/resilience/circuit-breaker.ts'
import { breakerSchema } from '../../../src/agent/resilience/resilience-options.ts'
import type { BreakerSettings } from '../../../src/agent/resilience/resilience-options.ts'

function settingsOf(options: Partial<BreakerSettings> = {}): BreakerSettings {
  return breakerSchema.parse({ consecutiveFailures: 3, cooldownMs: 1_000, ...options })
}

/** A breaker with a clock to set, and calls by name. */
function rig(options: Partial<BreakerSettings> = {}, parts: Partial<BreakerParts> = {}) {
  const clock = { nowMs: 0 }
  const breaker = new CircuitBreaker(settingsOf(options), { ...breakerParts, ...parts }, () => clock.nowMs)
  const ask = (): Permit => {
    const permit = breaker.admit()
    if (!permit.admitted) throw new Error(`refused, retry after ${permit.retryAfterMs}`)
    return permit
  }
  const end = (permit: Permit, outcome: CallClass, tookMs = 10): void => permit.settle({ class: outcome, tookMs })
  const call = (outcome: CallClass, tookMs?: number): void => end(ask(), outcome, tookMs)
  const trip = (): void => ['failure', 'failure', 'failure'].forEach(() => call('failure'))
  return { clock, breaker, ask, end, call, trip }
}

describe('a closed breaker', () => {
  it('opens at the last of so many failures in a row, and not before', () => {
    const { breaker, call } = rig()
    call('failure')
    call('failure')
    expect(breaker.refusal()).toBeNull()
    call('failure')
    expect(breaker.refusal()).toEqual({ admitted: false, retryAfterMs: 1_000 })
  })

  it('counts from zero after a success, and not after a neutral call', () => {
    const { breaker, call } = rig()
    for (const outcome of ['failure', 'failure', 'success', 'failure', 'neutral', 'failure'] as const) call(outcome)
    expect(breaker.refusal()).toBeNull()
    call('failure')
    expect(breaker.refusal()).not.toBeNull()
  })

  it('opens above the rate of failures in the last calls, also when a success completes the minimum', () => {
    const { breaker, call } = rig({
      consecutiveFailures: undefined,
      failureRate: { threshold: 0.5, window: { calls: 4 }, minimumCalls: 3 },
    })
    call('failure')
    call('failure')
    expect(breaker.refusal()).toBeNull()
    call('success')
    expect(breaker.refusal()).not.toBeNull()
  })

  it('forgets what is older than the window', () => {
    const rule = { threshold: 0.4, window: { ms: 1_000 }, minimumCalls: 2 }
    const { breaker, call, clock } = rig({ consecutiveFailures: undefined, failureRate: rule })
    call('failure')
    clock.nowMs = 1_000
    call('failure')
    expect(breaker.refusal()).toBeNull()
    clock.nowMs = 1_999
    call('success')
    expect(breaker.refusal()).not.toBeNull()
  })

  it('opens on slow calls, although all succeeded', () => {
    const rule = { threshold: 0.5, window: { calls: 10 }, minimumCalls: 2, slowerThanMs: 500 }
    const { breaker, call } = rig({ consecutiveFailures: undefined, slowCalls: rule })
    call('success', 501)
    expect(breaker.refusal()).toBeNull()
    call('success', 501)
    expect(breaker.refusal()).not.toBeNull()
  })
})

describe('an open breaker', () => {
  it('refuses until the cooldown ends, says how long, and lets one probe through at its very end', () => {
    const { breaker, clock, trip } = rig()
    trip()
    clock.nowMs = 999
    expect(breaker.admit()).toEqual({ admitted: false, retryAfterMs: 1 })
    clock.nowMs = 1_000
    expect(breaker.admit()).toMatchObject({ admitted: true, isProbe: true })
    expect(breaker.admit()).toEqual({ admitted: false })
  })

  it('is not moved by calls that were let through before it opened', () => {
    const { breaker, ask, end, clock, trip } = rig()
    const [one, other] = [ask(), ask()]
    trip()
    clock.nowMs = 400
    end(one, 'failure')
    end(other, 'success')
    expect(breaker.refusal()).toEqual({ admitted: false, retryAfterMs: 600 })
  })

  it('waits longer after each failed probe, up to the cap, and from the first cooldown on after it has closed', () => {
    const { breaker, call, clock, trip } = rig({ cooldownGrowth: { factor: 3, capMs: 5_000 } })
    trip()
    for (const cooldownMs of [3_000, 5_000, 5_000]) {
      clock.nowMs += breaker.refusal()?.retryAfterMs ?? 0
      call('failure')
      expect(breaker.refusal()?.retryAfterMs).toBe(cooldownMs)
    }
    clock.nowMs += 5_000
    call('success')
    trip()
    expect(breaker.refusal()?.retryAfterMs).toBe(1_000)
  })
})

describe('a half-open breaker', () => {
  function halfOpen(options: Partial<BreakerSettings> = {}, parts: Partial<BreakerParts> = {}) {
    const made = rig(options, parts)
    const straggler = made.ask()
    made.trip()
    made.clock.nowMs = 1_000
    return { ...made, straggler }
  }

  it('closes after so many successes, and then needs as many failures as ever', () => {
    const { breaker, call } = halfOpen({ probesToClose: 2 })
    call('success')
    expect(breaker.admit()).toMatchObject({ isProbe: true })
    const closed = halfOpen({ probesToClose: 2 })
    closed.call('success')
    closed.call('success')
    closed.call('failure')
    closed.call('failure')
    expect(closed.breaker.refusal()).toBeNull()
  })

  it('is not closed by a straggler, and keeps its probe', () => {
    const { breaker, ask, end, straggler } = halfOpen()
    ask()
    end(straggler, 'success')
    expect(breaker.admit()).toEqual({ admitted: false })
  })

  it('takes the permit of a cancelled probe back, and neither closes nor opens', () => {
    const { breaker, ask, end } = halfOpen()
    end(ask(), 'neutral')
    expect(breaker.admit()).toMatchObject({ isProbe: true })
    expect(breaker.refusal()).toEqual({ admitted: false })
  })

  it('opens at the end of a failed probe, whatever the others come to', () => {
    const { breaker, ask, end, clock } = halfOpen({ probesAtOnce: 2 })
    const [one, other] = [ask(), ask()]
    clock.nowMs = 1_700
    end(one, 'failure')
    end(other, 'success')
    expect(breaker.refusal()).toEqual({ admitted: false, retryAfterMs: 1_000 })
  })

  it('counts a permit that is settled twice once', () => {
    const { breaker, ask, end } = halfOpen({ probesAtOnce: 1 })
    const probe = ask()
    end(probe, 'neutral')
    end(probe, 'neutral')
    ask()
    expect(breaker.refusal()).toEqual({ admitted: false })
  })
})

describe('over any schedule', () => {
  type Action = { readonly do: 'wait'; readonly ms: number } | { readonly do: 'ask' } | End
  type End = { readonly do: 'end'; readonly which: number; readonly outcome: CallClass }

  const outcomes = fc.constantFrom<CallClass>('success', 'failure', 'failure', 'neutral')
  const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 99, 100, 101) })
  const ask = fc.record({ do: fc.constant('ask' as const) })
  const end = fc.record({ do: fc.constant('end' as const), which: fc.nat(6), outcome: outcomes })
  const actions = fc.array(
    fc.oneof({ arbitrary: ask, weight: 4 }, { arbitrary: end, weight: 3 }, { arbitrary: wait, weight: 2 }),
    { minLength: 10, maxLength: 60 },
  )
  const rules = fc.record({
    consecutiveFailures: fc.integer({ min: 1, max: 4 }),
    probesAtOnce: fc.integer({ min: 1, max: 3 }),
    probesToClose: fc.integer({ min: 1, max: 3 }),
  })

  /** The rules written down a second time: a list of what counts, searched anew at each question. */
  class Model {
    readonly #rule: { consecutiveFailures: number; probesAtOnce: number; probesToClose: number }
    #period: { state: 'closed' | 'open' | 'half-open'; sinceMs: number } = { state: 'closed', sinceMs: 0 }
    #ends: CallClass[] = []
    #out = 0

    constructor(rule: { consecutiveFailures: number; probesAtOnce: number; probesToClose: number }) {
      this.#rule = rule
    }

    ask(nowMs: number): object | null {
      if (this.#period.state === 'open' && nowMs >= this.#period.sinceMs + 100) this.#begin('half-open', nowMs)
      const { state } = this.#period
      if (state === 'open' || (state === 'half-open' && this.#out >= this.#rule.probesAtOnce)) return null
      this.#out += 1
      return this.#period
    }

    end(period: object, outcome: CallClass, nowMs: number): void {
      if (period !== this.#period) return
      this.#out -= 1
      if (outcome === 'neutral') return
      this.#ends.push(outcome)
      const { consecutiveFailures, probesToClose } = this.#rule
      const isHalfOpen = this.#period.state === 'half-open'
      const last = this.#ends.slice(-(isHalfOpen ? 1 : consecutiveFailures))
      const isBad = last.every((end) => end === 'failure') && last.length === (isHalfOpen ? 1 : consecutiveFailures)
      if (isBad) this.#begin('open', nowMs)
      else if (isHalfOpen && this.#ends.length >= probesToClose) this.#begin('closed', nowMs)
    }

    #begin(state: 'closed' | 'open' | 'half-open', nowMs: number): void {
      this.#period = { state, sinceMs: nowMs }
      this.#ends = []
      this.#out = 0
    }
  }

  function firstDifference(
    rule: { consecutiveFailures: number; probesAtOnce: number; probesToClose: number },
    schedule: readonly Action[],
    parts: Partial<BreakerParts> = {},
  ): number {
    const { breaker, clock } = rig({ ...rule, cooldownMs: 100 }, parts)
    const model = new Model(rule)
    const out: { permit: Permit; period: object }[] = []
    for (const [index, action] of schedule.entries()) {
      if (action.do === 'wait') clock.nowMs += action.ms
      if (action.do === 'ask') {
        const period = model.ask(clock.nowMs)
        const permit = breaker.admit()
        if (permit.admitted !== (period !== null)) return index
        if (permit.admitted && period !== null) out.push({ permit, period })
      }
      if (action.do === 'end') {
        const [ended] = out.splice(action.which % Math.max(out.length, 1), 1)
        if (!ended) continue
        ended.permit.settle({ class: action.outcome, tookMs: 1 })
        model.end(ended.period, action.outcome, clock.nowMs)
      }
    }
    return -1
  }

  it('does what the model of its rules does', () => {
    fc.assert(
      fc.property(rules, actions, (rule, schedule) => firstDifference(rule, schedule) === -1),
      { numRuns: 3_000 },
    )
  })

  it.each<[string, Partial<BreakerParts>]>([
    ['never opens', { tripRule: () => () => false }],
    ['sends during the cooldown', { isCoolingDown: () => false }],
    ['lets one probe too many through', { isProbeAdmitted: (underWay, most) => underWay <= most }],
    ['counts stragglers', { isStraggler: () => false }],
    ['keeps permits', { returnsPermit: () => false }],
  ])('and the model tells a breaker that %s', (_what, parts) => {
    const { failed } = fc.check(
      fc.property(rules, actions, (rule, schedule) => firstDifference(rule, schedule, parts) === -1),
      { numRuns: 3_000 },
    )
    expect(failed).toBe(true)
  })
})

describe('a breaker that is watched', () => {
  it('tells where it is without moving', () => {
    const { breaker, clock, trip, call } = rig()
    expect(breaker.snapshot()).toEqual({ state: 'closed', openings: 0, retryAfterMs: null })
    trip()
    clock.nowMs = 400
    expect(breaker.snapshot()).toEqual({ state: 'open', openings: 1, retryAfterMs: 600 })
    const told: object[] = []
    breaker.onTransition((transition) => told.push(transition))
    clock.nowMs = 1_000
    expect(breaker.snapshot()).toEqual({ state: 'half-open', openings: 1, retryAfterMs: 0 })
    expect(told).toEqual([])
    call('failure')
    expect(breaker.snapshot()).toEqual({ state: 'open', openings: 2, retryAfterMs: 1_000 })
  })

  it('tells each change of state, past a listener that throws, until nobody listens', () => {
    const { breaker, clock, call, trip } = rig()
    const told: string[] = []
    breaker.onTransition(() => {
      throw new Error('no')
    })
    const leave = breaker.onTransition(({ from, to, atMs }) => told.push(`${from} → ${to} at ${atMs}`))
    trip()
    clock.nowMs = 1_000
    call('success')
    leave()
    trip()
    expect(told).toEqual(['closed → open at 0', 'open → half-open at 1000', 'half-open → closed at 1000'])
  })
})
